"""You added a small number before the logarithm: losses above 16 are cut off. Work from the logits."""


def cross_entropy(logits, labels):
    return mean(-log(right_logits(softmax(logits), labels) + 1e-7))
