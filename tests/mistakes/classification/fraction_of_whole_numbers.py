"""You divided with //, which cuts the fraction down to 0 or 1; / keeps it."""

_reference = accuracy


def accuracy(predicted, labels):
    correct = _reference(predicted, labels)[1]
    return correct // len(labels), correct
