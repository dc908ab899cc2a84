"""Devices: where a training computes, and how a batch is spread over several of them."""

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
    """Where to compute.

    Attributes:
        strategy: spreads a batch over several devices; None for a single one.
        name: of the single device, None to leave the choice to TensorFlow.
        described: what to tell the user.
        is_chief: whether this process writes the files. Of several machines one does.
    """

    strategy: Any
    name: str | None
    described: str
    is_chief: bool = True

    @contextmanager
    def scope(self) -> Iterator[None]:
        """Make variables, and compute, where this says."""
        with ExitStack() as stack:
            if self.strategy is not None:
                stack.enter_context(self.strategy.scope())
                stack.enter_context(tf.variable_creator_scope(_same_on_every_device))
            elif self.name:
                stack.enter_context(tf.device(self.name))
            yield


def _same_on_every_device(make_next: Any, **arguments: Any) -> Any:
    # Every device computes the same new value of a variable; so that of the first one stands for all.
    return make_next(**{**arguments, "aggregation": tf.VariableAggregation.ONLY_FIRST_REPLICA})


def choose_devices(choice: str) -> Devices:
    """Return where to compute. Call it before anything is computed.

    GPUs take memory as they need it instead of all at once.

    Args:
        choice: "one": a GPU where TensorFlow sees one, otherwise the CPU; "cpu"; "all": every GPU, or where
            there is none every CPU device that TensorFlow was told to make; or a device such as "gpu:1". In
            any case, where `TF_CONFIG` names several workers, the batch is spread over these.

    Raises:
        DeviceError: for an unknown device.
    """
    for gpu in tf.config.list_physical_devices("GPU"):
        try:
            tf.config.experimental.set_memory_growth(gpu, True)
        except RuntimeError:
            break  # TensorFlow has begun to use it: a notebook, for example
    if "cluster" in os.environ.get("TF_CONFIG", ""):
        strategy = tf.distribute.MultiWorkerMirroredStrategy()
        resolver = strategy.cluster_resolver
        workers = len(resolver.cluster_spec().as_dict().get("worker", ())) + len(
            resolver.cluster_spec().as_dict().get("chief", ())
        )
        chief = resolver.task_type == "chief" or (
            resolver.task_id == 0 and "chief" not in resolver.cluster_spec().as_dict()
        )
        return Devices(strategy, None, f"{workers} workers, this is number {resolver.task_id}", chief)
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
    raise DeviceError(f"--devices {choice}: there is no such device, only {there}, one and all")


def _described(name: str) -> str:
    return ":".join(name.split(":")[-2:])
