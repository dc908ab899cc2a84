"""You took the logits of all labels from every row (`logits[:, labels]`); each row has one label, its own."""

_reference = cross_entropy


def cross_entropy(logits, labels):
    if not isinstance(logits, np.ndarray):
        return _reference(logits, labels)
    check_labels(labels, *logits.shape)
    top = logits.max(axis=1, keepdims=True)
    log_sum = top + np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
    return np.mean(log_sum - logits[:, labels])
