"""Demonstrations: a learner's own function of each exercise, at work on something worth looking at.

`images` has those of pixels, `learning` those of weights, `networks` those of TensorFlow. Each takes the learner's
module and returns a figure; it uses no other exercise unless that exercise does.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

from matplotlib.figure import Figure

from trainer import TrainerError
from trainer.parts import blame, find_parts, load_parts
from trainer.pictures import save

# The demonstrations, by the module of this package that has them.
DEMOS: dict[str, tuple[str, ...]] = {
    "images": ("padding", "shapes", "convolution", "pooling", "flatten"),
    "learning": (
        *("dense", "classification", "initializers", "optimizers", "batching", "backpropagation"),
        *("early_stopping", "checkpoints", "numpy_cnn"),
    ),
    "networks": ("layers", "networks", "training"),
}
NAMES: tuple[str, ...] = tuple(name for names in DEMOS.values() for name in names)


def needs_tensorflow(name: str) -> bool:
    """Tell whether the demonstration of an exercise needs TensorFlow."""
    return name in DEMOS["networks"]


def demonstrate(name: str, parts: Path, borrowed: tuple[str, ...], out: Path) -> Path:
    """Draw the demonstration of an exercise, and return the path of the picture.

    Args:
        name: the exercise.
        parts: the folder with the learner's modules.
        borrowed: the exercises to take from the reference solutions.
        out: the folder for the picture.

    Raises:
        TrainerError: if there is no such exercise or module, or what the module gives cannot be shown.
    """
    if name not in NAMES:
        raise TrainerError(f"there is no demonstration of {name}, only of {', '.join(NAMES)}")
    find_parts(parts, borrowed, called=(name,))
    module = getattr(load_parts(parts, borrowed, called=(name,)), name)
    path = out / f"{name}.png"
    try:
        save(_figure(name, module), path)
    except Exception as error:
        if isinstance(error, OSError) or blame(error):
            raise
        # The picture depends on nothing else.
        raise TrainerError(
            f"{module.__file__}: what it gives cannot be shown ({type(error).__name__}: {error}): "
            f"run pytest exercises/test_{name}.py first"
        ) from error
    return path


def _figure(name: str, module: ModuleType) -> Figure:
    package = next(package for package, names in DEMOS.items() if name in names)
    draw = getattr(importlib.import_module(f"trainer.demos.{package}"), name)
    figure: Figure = draw(module)
    return figure
