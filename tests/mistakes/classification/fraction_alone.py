"""You returned the fraction alone; how many predictions are right is asked for too: `return fraction, correct`."""

_reference = accuracy


def accuracy(predicted, labels):
    return _reference(predicted, labels)[0]
