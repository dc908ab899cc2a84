"""What must hold of batches, by counting; their order is chance and has no one right answer."""

from __future__ import annotations

import numpy as np


def batch_sizes(size: int, batch_size: int) -> list[int]:
    """Return the sizes of an epoch's batches."""
    full, rest = divmod(size, batch_size)
    return [batch_size] * full + ([rest] if rest else [])


def threshold(images: np.ndarray, threshold: float) -> np.ndarray:
    """Return what the given predictor says of all images at once."""
    return np.array([int(image.mean() > threshold) for image in images])
