"""Counting."""


class Tally:
    """Counts what it is told."""

    def __init__(self, start=0):
        ### BEGIN SOLUTION
        self.count = start
        ### END SOLUTION

    def add(self, number):
        """Add and return the count."""
        ### BEGIN SOLUTION
        self.count += number
        return self.count
        ### END SOLUTION


def countdown(start):
    """Yield start, start - 1, ..., 1."""
    ### BEGIN SOLUTION
    yield from range(start, 0, -1)
    ### END SOLUTION
