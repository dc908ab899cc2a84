"""You took the logarithm to the base of 2; the loss has the natural one, np.log."""

_reference = cross_entropy


def cross_entropy(logits, labels):
    return _reference(logits, labels) / float(np.log(2))
