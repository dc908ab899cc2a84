"""You applied softmax before: the loss takes logits, and does its own."""

_reference = cross_entropy


def cross_entropy(logits, labels):
    return _reference(softmax(logits), labels)
