"""You averaged the probabilities and took the logarithm last; the loss is the mean of the logarithms."""


def cross_entropy(logits, labels):
    xp = array_namespace(logits)
    if xp is np:
        check_labels(labels, *logits.shape)
    return -xp.log(xp.mean(xp.take_along_axis(softmax(logits), labels[:, None], axis=-1)))
