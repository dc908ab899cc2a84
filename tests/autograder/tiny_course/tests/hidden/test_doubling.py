import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, close, points, same


@points(3)
@given(numbers=st.lists(st.integers(-9, 9), min_size=1, max_size=5).map(np.array))
def test_each_is_doubled(doubling, numbers):
    """Every number becomes twice as large."""
    assert doubling.double(numbers) == same(numbers * 2)


def test_none_is_refused(doubling):
    """An empty list is a ValueError."""
    with bad_input("numbers", []):
        doubling.double([])


@given(number=st.integers(-99, 99))
def test_half(doubling, number):
    """Half of a number."""
    assert doubling.half(number) == close(number / 2)
