"""The settings of a training run, with the defaults for each network."""

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

NetworkName = Literal["linear", "dense", "small_vgg", "cnn", "vgg", "numpy"]
NETWORKS: tuple[str, ...] = get_args(NetworkName)

PositiveInt = Annotated[int, Meta(ge=1)]
NonNegativeInt = Annotated[int, Meta(ge=0)]
# `inf` and `nan` are valid floats on the command line.
NonNegativeFloat = Annotated[float, Meta(ge=0, le=sys.float_info.max)]
Share = Annotated[float, Meta(ge=0, lt=1)]


class SettingsError(TrainerError):
    """The settings cannot be used."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All settings of one training run. They are saved beside the checkpoints, so that it can be resumed.

    Attributes:
        network: one of `NETWORKS`.
        data: the images: "digits", "mnist" or "fashion_mnist".
        data_folder: the folder with the data files; None for data that needs no files.
        parts: the folder with the modules the network is built from.
        reference: the names of modules to take from the reference solutions.
        iterations: the total number of training steps.
        batch_size: the number of images in one step.
        learning_rate: the learning rate at the first step.
        decay: the learning rate is multiplied by this every `decay_every` iterations (0: never).
        optimizer: "sgd", "momentum" or "adam".
        initializer: draws the initial weights; a name in the parts' `layers.INITIALIZERS`.
        last_initializer: the initializer of the last layer; None: the same as `initializer`.
        initial_bias: the initial value of every bias.
        activation: "relu", "sigmoid" or "tanh".
        pooling: "max", "average" or "stride".
        dropout: the fraction of the dense layer's outputs to drop during training.
        l2: the coefficient of the L2 penalty on weights.
        augment: shift, rotate and scale the images a little, differently in each step.
        kernel_size: the height and width of the filters; None: the network's default.
        filters: the number of filters of each convolutional layer; None: the network's default.
        units: the number of units of each dense layer; None: the network's default.
        patience: stop after more iterations than this without improvement; None: never.
        validate_every: the number of iterations between validations.
        save_every: the number of iterations between checkpoints; the last step is saved too.
        keep: the number of newest checkpoints to keep.
        seed: the seed of all random numbers.
        precision: the dtype of the computation.
        xla: compile each step with XLA.
        devices: "one", "cpu", "all", or a name such as "gpu:1".
    """

    network: NetworkName
    data: str = "digits"
    data_folder: str | None = None
    parts: str = "exercises"
    reference: tuple[str, ...] = ()
    iterations: NonNegativeInt = 1000
    batch_size: PositiveInt = 64
    learning_rate: NonNegativeFloat = 1e-3
    decay: Annotated[float, Meta(gt=0, le=1)] = 0.5
    decay_every: NonNegativeInt = 0
    optimizer: Literal["sgd", "momentum", "adam"] = "adam"
    initializer: str = "he_normal"
    last_initializer: str | None = None
    initial_bias: float = 0.0
    activation: str = "relu"
    pooling: Literal["max", "average", "stride"] = "max"
    dropout: Share = 0.0
    l2: NonNegativeFloat = 0.0
    augment: bool = False
    kernel_size: PositiveInt | None = None
    filters: tuple[PositiveInt, ...] | None = None
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
            "small_vgg": ("kernel_size", "filters"),
            "cnn": ("kernel_size", "filters", "units"),
            "vgg": ("filters", "units"),
            "numpy": ("filters", "units"),
        }[self.network]
        for name in ("kernel_size", "filters", "units"):
            if getattr(self, name) is not None and name not in taken:
                raise ValueError(f"{name}: the network {self.network} does not take this setting")
        if self.units is not None and self.network != "dense" and len(self.units) != 1:
            raise ValueError(f"units: the network {self.network} has one dense layer, so one number")
        if self.filters is not None and self.network == "vgg" and len(self.filters) != 4:
            raise ValueError("filters: the network vgg has four blocks, so four numbers")
        if self.network == "numpy":
            for name, usual in _NOT_BY_HAND.items():
                if getattr(self, name) != usual:
                    raise ValueError(f"{name}: the network numpy does not take this setting")
        if self.xla and self.devices == "all":
            raise ValueError("xla: does not work with --devices all")

    @property
    def structure(self) -> dict[str, Any]:
        """The arguments for the network's function that differ from its defaults."""
        units = self.units if self.network == "dense" else self.units and self.units[0]
        chosen = {"kernel_size": self.kernel_size, "filters": self.filters, "units": units}
        return {name: value for name, value in chosen.items() if value is not None}

    @property
    def layer_defaults(self) -> dict[str, Any]:
        """The default arguments for the network's layers."""
        names = ("activation", "initializer", "last_initializer", "initial_bias", "pooling", "dropout")
        values = {name: getattr(self, name) for name in names}
        return {name: value for name, value in values.items() if value is not None}

    def rate_at(self, iteration: int) -> float:
        """Return the learning rate of the step that follows `iteration` steps."""
        halvings = iteration // self.decay_every if self.decay_every else 0
        return self.learning_rate * self.decay**halvings


# What only the TensorFlow networks can do, with its default.
_NOT_BY_HAND: dict[str, Any] = {
    field.name: field.default
    for field in msgspec.structs.fields(Settings)
    if field.name
    in (
        *("optimizer", "initializer", "last_initializer", "initial_bias", "activation", "pooling"),
        *("dropout", "l2", "augment", "precision", "xla", "devices"),
    )
}

# The settings of the original networks, where they differ from the defaults above.
RECIPES: dict[str, dict[str, Any]] = {
    "linear": {"initializer": "large", "optimizer": "sgd", "learning_rate": 0.01, "batch_size": 100},
    "dense": {"initializer": "large", "optimizer": "sgd", "learning_rate": 1e-4, "batch_size": 100},
    "small_vgg": {"last_initializer": "glorot_normal", "optimizer": "sgd", "learning_rate": 0.01},
    "cnn": {"initializer": "truncated_normal", "initial_bias": 0.05, "learning_rate": 1e-4},
    "vgg": {"last_initializer": "glorot_normal", "learning_rate": 1e-4},
    "numpy": {"iterations": 500, "validate_every": 50},
}


def settings_for(network: str, **chosen: Any) -> Settings:
    """Return the settings of a network: its recipe, overridden by the chosen settings.

    Args:
        network: one of `NETWORKS`.
        chosen: settings by name; None keeps the recipe's value.

    Raises:
        SettingsError: one line that names the setting.
    """
    if network not in NETWORKS:
        raise SettingsError(f"there is no network {network}, only {', '.join(NETWORKS)}")
    values = {name: value for name, value in chosen.items() if value is not None}
    if "initializer" in values:
        # A chosen initializer applies to all layers, the last one too.
        values = {"last_initializer": values["initializer"], **values}
    return _checked({"network": network, **RECIPES[network], **values}, _as_option)


def with_changes(settings: Settings, **changes: Any) -> Settings:
    """Return the settings with some of them changed.

    Raises:
        SettingsError: one line that names the setting.
    """
    return _checked(msgspec.structs.asdict(settings) | changes, _as_option)


def read_settings(folder: Path) -> Settings:
    """Return the settings saved in the folder of a run.

    Raises:
        SettingsError: if the folder has no settings, or they cannot be read.
    """
    path = folder / FILE_NAME
    try:
        return _checked(json.loads(path.read_text(encoding="utf-8")), str)
    except FileNotFoundError:
        raise SettingsError(f"{folder} holds no run: it has no {FILE_NAME}") from None
    except (OSError, ValueError, SettingsError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error


def _as_option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _checked(values: Any, written: Callable[[str], str]) -> Settings:
    """Convert values to settings; `written` turns a setting's name into what the user wrote."""
    try:
        return msgspec.convert(values, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(_first_problem(error, values, written)) from error


def _first_problem(error: msgspec.ValidationError, values: Any, written: Callable[[str], str]) -> str:
    """Return `--learning-rate: Expected ..., not -1.0` for msgspec's "Expected ... - at `$.rate`"."""
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
