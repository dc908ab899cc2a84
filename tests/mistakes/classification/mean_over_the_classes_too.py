"""You took the mean over all elements of the one-hot rows, which divides by the classes too; divide by the rows."""

_reference = cross_entropy


def cross_entropy(logits, labels):
    return _reference(logits, labels) / logits.shape[1]
