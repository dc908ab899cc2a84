"""You took the logarithm of a probability that was rounded to 0; work from the logits instead."""


def cross_entropy(logits, labels):
    xp = array_namespace(logits)
    if xp is np:
        check_labels(labels, *logits.shape)
    return xp.mean(-xp.log(xp.take_along_axis(softmax(logits), labels[:, None], axis=-1)))
