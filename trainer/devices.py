"""The devices to compute on, and how a batch is split among several of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import tensorflow as tf

from trainer import TrainerError


class DeviceError(TrainerError):
    """There is no such device."""


@dataclass(frozen=True)
class Devices:
    """The devices to compute on.

    Attributes:
        strategy: splits a batch among several devices; None for a single one.
        name: the name of the single device; None lets TensorFlow choose.
        described: the devices in words for the user.
        is_chief: True if this process writes the files. Among several machines only one does.
    """

    strategy: Any
    name: str | None
    described: str
    is_chief: bool = True

    @contextmanager
    def scope(self) -> Iterator[None]:
        """Create variables and compute on these devices."""
        with ExitStack() as stack:
            if self.strategy is not None:
                stack.enter_context(self.strategy.scope())
                stack.enter_context(tf.variable_creator_scope(_same_on_every_device))
            elif self.name:
                stack.enter_context(tf.device(self.name))
            yield


def _same_on_every_device(make_next: Any, **arguments: Any) -> Any:
    # Every device computes the same new value of a variable, so take the first device's.
    return make_next(**{**arguments, "aggregation": tf.VariableAggregation.ONLY_FIRST_REPLICA})


def choose_devices(choice: str) -> Devices:
    """Return the devices to compute on. Call it before the first computation.

    TensorFlow allocates GPU memory as needed instead of all at once.

    Args:
        choice: "one": a GPU if TensorFlow finds one, otherwise the CPU; "cpu"; "all": every GPU, or without
            a GPU every logical CPU device; or a device such as "gpu:1". If `TF_CONFIG` names several workers,
            the batch is always split among them.

    Raises:
        DeviceError: for an unknown device.
    """
    for gpu in tf.config.list_physical_devices("GPU"):
        try:
            tf.config.experimental.set_memory_growth(gpu, True)
        except RuntimeError:
            break  # TensorFlow already uses it, for example in a notebook
    if "cluster" in os.environ.get("TF_CONFIG", ""):
        strategy = tf.distribute.MultiWorkerMirroredStrategy()
        resolver = strategy.cluster_resolver
        workers = len(resolver.cluster_spec().as_dict().get("worker", ())) + len(
            resolver.cluster_spec().as_dict().get("chief", ())
        )
        chief = resolver.task_type == "chief" or (
            resolver.task_id == 0 and "chief" not in resolver.cluster_spec().as_dict()
        )
        return Devices(strategy, None, f"{workers} workers, this is worker {resolver.task_id}", chief)
    gpus = tf.config.list_logical_devices("GPU")
    cpus = tf.config.list_logical_devices("CPU")
    if choice == "all":
        chosen = [device.name for device in gpus or cpus]
        if len(chosen) > 1:
            kind = "GPU" if gpus else "CPU"
            return Devices(tf.distribute.MirroredStrategy(chosen), None, f"{len(chosen)} {kind} devices")
        return Devices(None, None, _described(chosen[0]))
    if choice == "one":
        return Devices(None, None, _described((gpus or cpus)[0].name))
    wanted = choice.lower() if ":" in choice else f"{choice.lower()}:0"
    for device in (*gpus, *cpus):
        if device.name.lower().endswith(f":{wanted}"):
            return Devices(None, device.name, _described(device.name))
    there = ", ".join(_described(device.name).lower() for device in (*gpus, *cpus))
    raise DeviceError(f"--devices {choice}: there is no such device; choose one, all or {there}")


def _described(name: str) -> str:
    return ":".join(name.split(":")[-2:])
