"""You added the losses of the batch up; the loss is their mean, so that it does not grow with the batch."""

_reference = cross_entropy


def cross_entropy(logits, labels):
    return _reference(logits, labels) * len(labels)
