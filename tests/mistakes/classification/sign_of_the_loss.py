"""Your loss is negative: the logarithm of a probability is, so its sign is turned."""

_reference = cross_entropy


def cross_entropy(logits, labels):
    return -_reference(logits, labels)
