"""The domain of the suites: sizes, kernels, strides, images, as hypothesis strategies."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

sizes = st.integers(1, 20)
kernels = st.integers(1, 7)
strides = st.integers(1, 5)
paddings = st.sampled_from(["SAME", "VALID"])
seeds = st.integers(0, 2**32 - 1)

# Enough to prove an ordinary case; `autograder verify` says if it is not.
few = settings(max_examples=30)


def arrays(
    shape: Any, low: int = -9, high: int = 9, dtype: Any = np.float32
) -> st.SearchStrategy[np.ndarray]:
    """Arrays of small whole numbers: their sums and products are exact in float32, and easy to read.

    Only the shape and a seed are drawn, not each element: that is ten times as fast, and the smallest
    failing array is found in a few steps.

    Args:
        shape: a tuple, or a strategy of tuples.
        low: the smallest number.
        high: the largest number.
        dtype: of the array.
    """
    shapes = shape if isinstance(shape, st.SearchStrategy) else st.just(shape)

    def build(one_shape: tuple[int, ...], seed: int) -> np.ndarray:
        return np.random.default_rng(seed).integers(low, high + 1, one_shape).astype(dtype)

    return st.builds(build, shapes, st.integers(0, 99))


def images(
    most_images: int = 3, most_pixels: int = 7, most_channels: int = 3
) -> st.SearchStrategy[np.ndarray]:
    """Batches of small images, `batch height width channels`, of whole numbers in float32."""
    shapes = st.tuples(
        st.integers(1, most_images),
        st.integers(1, most_pixels),
        st.integers(1, most_pixels),
        st.integers(1, most_channels),
    )
    return arrays(shapes)
