from itertools import islice

from autograder import points, same


@points(2)
def test_adds(tallies):
    """1 + 2 + 3 = 6."""
    tally = tallies.Tally(start=1)
    assert tally.add(2) == same(3)
    assert tally.add(3) == same(6)
    assert tally.count == same(6)


def test_counts_down(tallies):
    """3, 2, 1."""
    assert list(islice(tallies.countdown(3), 5)) == same([3, 2, 1])
