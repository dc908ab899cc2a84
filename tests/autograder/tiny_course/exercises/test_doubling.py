from autograder import same


def test_two(doubling):
    """2 becomes 4."""
    assert doubling.double([2]) == same([4])


def test_half_of_two(doubling):
    """Half of 2 is 1."""
    assert doubling.half(2) == same(1)
