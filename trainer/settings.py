"""Settings: everything that decides how a training goes, with the defaults of each network."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_type_hints

import msgspec
from msgspec import Meta

from trainer import TrainerError

FILE_NAME = "settings.json"

NetName = Literal["linear", "dense", "convnet", "cnn", "vgg"]
NETS: tuple[str, ...] = get_args(NetName)

PositiveInt = Annotated[int, Meta(ge=1)]
NonNegativeInt = Annotated[int, Meta(ge=0)]
# `inf` and `nan` are numbers on a command line.
NonNegativeFloat = Annotated[float, Meta(ge=0, le=sys.float_info.max)]
Share = Annotated[float, Meta(ge=0, lt=1)]


class SettingsError(TrainerError):
    """The settings cannot be used."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a training goes. It is kept beside the checkpoints, so that a training can be taken up again.

    Attributes:
        net: which network.
        data: which images: "digits", "mnist" or "fashion_mnist".
        data_folder: where their files are, None for those that need none.
        parts: the folder of the modules that the network is made of.
        reference: the modules that are the reference's instead.
        iterations: steps in all.
        batch: images a step.
        rate: the learning rate at first.
        decay: what the rate is multiplied by, every `decay_every` iterations; 0 iterations are never.
        optimizer: "sgd", "momentum" or "adam".
        initializer: how the weights begin, a name in the parts' `layers.INITIALIZERS`.
        last_initializer: how those of the last layer begin, None for the same way.
        initial_bias: what the biases begin with.
        activation: "relu", "sigmoid" or "tanh".
        pooling: "max", "average" or "stride".
        dropout: the share of the dense layer's outputs that is dropped in training.
        l2: the weight of the penalty for large weights.
        augment: whether images are shifted, turned and scaled a little, others in each step.
        depths: of the convolutional layers, None for the network's own; `units` and `kernel_size` likewise.
        patience: iterations without improvement after which training ends, None for never.
        validate_every: iterations between two looks at the validation images.
        save_every: iterations between two checkpoints; one more is made at the end.
        keep: how many of those checkpoints stay.
        seed: of all chance.
        precision: the dtype to compute in.
        xla: whether a step is compiled by XLA.
        devices: "one", "cpu", "all", or a name such as "gpu:1".
    """

    net: NetName
    data: str = "digits"
    data_folder: str | None = None
    parts: str = "exercises"
    reference: tuple[str, ...] = ()
    iterations: NonNegativeInt = 1000
    batch: PositiveInt = 64
    rate: NonNegativeFloat = 1e-3
    decay: Annotated[float, Meta(gt=0, le=1)] = 0.5
    decay_every: NonNegativeInt = 0
    optimizer: Literal["sgd", "momentum", "adam"] = "adam"
    initializer: str = "he"
    last_initializer: str | None = None
    initial_bias: float = 0.0
    activation: str = "relu"
    pooling: Literal["max", "average", "stride"] = "max"
    dropout: Share = 0.0
    l2: NonNegativeFloat = 0.0
    augment: bool = False
    kernel_size: PositiveInt | None = None
    depths: tuple[PositiveInt, ...] | None = None
    units: tuple[PositiveInt, ...] | None = None
    patience: NonNegativeInt | None = None
    validate_every: PositiveInt = 100
    save_every: PositiveInt = 1000
    keep: PositiveInt = 5
    seed: NonNegativeInt = 0
    precision: Literal["float32", "bfloat16"] = "float32"
    xla: bool = False
    devices: str = "one"

    def __post_init__(self) -> None:
        """Check the settings against each other."""
        taken = {
            "linear": (),
            "dense": ("units",),
            "convnet": ("kernel_size", "depths"),
            "cnn": ("kernel_size", "depths", "units"),
            "vgg": ("depths", "units"),
        }[self.net]
        for name in ("kernel_size", "depths", "units"):
            if getattr(self, name) is not None and name not in taken:
                raise ValueError(f"{name}: the net {self.net} has none to choose")
        if self.units is not None and self.net != "dense" and len(self.units) != 1:
            raise ValueError(f"units: the net {self.net} has one dense layer, so one number")
        if self.depths is not None and self.net == "vgg" and len(self.depths) != 4:
            raise ValueError("depths: the net vgg has four blocks, so four numbers")
        if self.xla and self.devices == "all":
            raise ValueError("xla: cannot be had with --devices all")

    @property
    def structure(self) -> dict[str, Any]:
        """The arguments of the network's function that differ from its own defaults."""
        units = self.units if self.net == "dense" else self.units and self.units[0]
        chosen = {"kernel_size": self.kernel_size, "depths": self.depths, "units": units}
        return {name: value for name, value in chosen.items() if value is not None}

    @property
    def layer_defaults(self) -> dict[str, Any]:
        """The default arguments of the network's layers."""
        names = ("activation", "initializer", "last_initializer", "initial_bias", "pooling", "dropout")
        values = {name: getattr(self, name) for name in names}
        return {name: value for name, value in values.items() if value is not None}

    def rate_at(self, iteration: int) -> float:
        """Return the learning rate of the step after `iteration` steps."""
        halvings = iteration // self.decay_every if self.decay_every else 0
        return self.rate * self.decay**halvings


# What the original of each network was trained with, where it differs from the defaults above.
RECIPES: dict[str, dict[str, Any]] = {
    "linear": {"initializer": "normal", "optimizer": "sgd", "rate": 0.01, "batch": 100},
    "dense": {"initializer": "normal", "optimizer": "sgd", "rate": 1e-4, "batch": 100},
    "convnet": {"last_initializer": "glorot_normal", "optimizer": "sgd", "rate": 0.01},
    "cnn": {"initializer": "truncated", "initial_bias": 0.05, "rate": 1e-4},
    "vgg": {"last_initializer": "glorot_normal", "rate": 1e-4},
}


def settings_for(net: str, **chosen: Any) -> Settings:
    """Return the settings of a network: its recipe, with what was chosen in place of it.

    Args:
        net: one of `NETS`.
        chosen: settings by name; None leaves the recipe's.

    Raises:
        SettingsError: one line that names the setting.
    """
    if net not in NETS:
        raise SettingsError(f"there is no net {net}, only {', '.join(NETS)}")
    values = {name: value for name, value in chosen.items() if value is not None}
    if "initializer" in values:
        # Who chooses how the weights begin means all of them.
        values = {"last_initializer": values["initializer"], **values}
    return _checked({"net": net, **RECIPES[net], **values}, _as_option)


def with_changes(settings: Settings, **changes: Any) -> Settings:
    """Return the settings with some of them changed.

    Raises:
        SettingsError: one line that names the setting.
    """
    return _checked(msgspec.structs.asdict(settings) | changes, _as_option)


def read_settings(folder: Path) -> Settings:
    """Return the settings that are kept in the folder of a training.

    Raises:
        SettingsError: if there are none, or they cannot be read.
    """
    path = folder / FILE_NAME
    try:
        return _checked(json.loads(path.read_text(encoding="utf-8")), str)
    except FileNotFoundError:
        raise SettingsError(f"{folder} holds no training: it has no {FILE_NAME}") from None
    except (OSError, ValueError, SettingsError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error


def _as_option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _checked(values: Any, written: Callable[[str], str]) -> Settings:
    """Return the settings of these values; `written` turns the name of one into what the user wrote."""
    try:
        return msgspec.convert(values, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(_first_problem(error, values, written)) from error


def _first_problem(error: msgspec.ValidationError, values: Any, written: Callable[[str], str]) -> str:
    """Return `--rate: Expected ..., not -1.0` for msgspec's "Expected ... - at `$.rate`"."""
    problem, _, path = str(error).rpartition(" - at `$")
    if not problem:
        problem, path = str(error), ""
    if field := re.search(r"(missing required|unknown) field `(.*)`", problem):
        return f"{written(field[2])}: {'missing' if field[1] == 'missing required' else 'unknown setting'}"
    if not (steps := re.findall(r"\w+", path)):
        return problem
    value = values
    for step in steps:
        value = value[int(step) if step.isdigit() else step]
    if problem.startswith("Invalid enum value"):
        *others, last = get_args(get_type_hints(Settings)[steps[0]])
        problem = f"Expected {', '.join(others)} or {last}"
    return f"{written(steps[0])}: {problem}" + ("" if ", got" in problem else f", not {value!r}")
