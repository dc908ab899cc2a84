"""Draw the pictures, one for each exercise: what its idea looks like, before a line of it is written.

    python docs/pictures/draw.py

writes `docs/pictures/<exercise>.svg`, the same bytes at each run. The numbers in the pictures are computed by
the solutions. How the pictures look is in `sheet`, what they show in `arithmetic`, `learning` and `assembly`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib.style

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "solutions"))

import arithmetic
import assembly
import learning
import sheet

# In the order of grading.toml.
PICTURES = {
    "padding": arithmetic.padding_picture,
    "shapes": arithmetic.shapes_picture,
    "convolution": arithmetic.convolution_picture,
    "pooling": arithmetic.pooling_picture,
    "flatten": arithmetic.flatten_picture,
    "dense": learning.dense_picture,
    "classification": learning.classification_picture,
    "initializers": learning.initializers_picture,
    "optimizers": learning.optimizers_picture,
    "batching": learning.batching_picture,
    "backpropagation": learning.backpropagation_picture,
    "early_stopping": assembly.early_stopping_picture,
    "checkpoints": assembly.checkpoints_picture,
    "layers": assembly.layers_picture,
    "networks": assembly.networks_picture,
    "numpy_cnn": assembly.numpy_cnn_picture,
    "training": assembly.training_picture,
}


def main() -> None:
    """Write every picture next to this file."""
    with matplotlib.style.context(["default", sheet.STYLE]):
        for exercise, draw in PICTURES.items():
            sheet.save(draw(), Path(__file__).with_name(f"{exercise}.svg"))


if __name__ == "__main__":
    main()
