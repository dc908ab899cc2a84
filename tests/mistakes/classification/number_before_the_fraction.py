"""You returned the number before the fraction; the fraction comes first: `return fraction, correct`."""

_reference = accuracy


def accuracy(predicted, labels):
    return _reference(predicted, labels)[::-1]
