"""You returned percent; the fraction goes from 0 to 1."""

_reference = accuracy


def accuracy(predicted, labels):
    fraction, correct = _reference(predicted, labels)
    return 100 * fraction, correct
