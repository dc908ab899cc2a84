def cross_entropy(logits, labels):
    xp = array_namespace(logits)
    if xp is np:
        check_labels(labels, len(logits), logits.shape[1])
    shifted = logits - xp.max(logits, axis=1, keepdims=True)
    logarithms = xp.log(xp.sum(xp.exp(shifted), axis=1))
    right = xp.take_along_axis(shifted, labels[:, None], axis=1)[:, 0]
    return xp.sum(logarithms - right)
