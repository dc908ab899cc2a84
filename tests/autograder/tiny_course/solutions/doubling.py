"""Doubling."""

import numpy as np


def double(numbers):
    """Return every number twice as large; ValueError for none."""
    ### BEGIN SOLUTION
    if len(numbers) == 0:
        raise ValueError(f"numbers must not be empty, not {numbers}")
    return np.asarray(numbers) * 2
    ### END SOLUTION


def half(number):
    """Return half of a number."""
    ### BEGIN SOLUTION
    return number / 2
    ### END SOLUTION
