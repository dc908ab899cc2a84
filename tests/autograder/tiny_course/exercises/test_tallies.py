from autograder import same


def test_one(tallies):
    """0 + 1 = 1."""
    assert tallies.Tally().add(1) == same(1)
