"""You added a small number before the logarithm: losses above 16 are cut off. Work from the logits."""


def cross_entropy(logits, labels):
    xp = array_namespace(logits)
    if xp is np:
        check_labels(labels, *logits.shape)
    return xp.mean(-xp.log(xp.take_along_axis(softmax(logits), labels[:, None], axis=-1) + 1e-7))
