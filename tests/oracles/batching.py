"""What must be true of batches, by counting; their order is chance and has no one right answer."""

from __future__ import annotations

import numpy as np


def batch_sizes(size: int, batch_size: int) -> list[int]:
    """Return the sizes of an epoch's batches."""
    full, rest = divmod(size, batch_size)
    return [batch_size] * full + ([rest] if rest else [])


def picked(images: np.ndarray, labels: np.ndarray, indices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the images and the labels of a batch, one example after the other."""
    some = [(images[index], labels[index]) for index in indices]
    return (
        np.array([image for image, _ in some]).reshape(len(some), *images.shape[1:]),
        np.array([label for _, label in some]),
    )


def threshold(images: np.ndarray, threshold: float) -> np.ndarray:
    """Return what the given predictor says of all images at once."""
    return np.array([int(sum(map(float, image.flat)) > threshold * image.size) for image in images])
