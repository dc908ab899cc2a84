"""You counted the predictions that are wrong; the accuracy counts those that are right."""

_reference = accuracy


def accuracy(predicted, labels):
    fraction, correct = _reference(predicted, labels)
    return 1 - fraction, len(labels) - correct
