"""You divided by the number of classes; the loss is a mean over the examples, so divide by the length of axis 0."""


def softmax_cross_entropy_gradient(probabilities, targets):
    return (probabilities - targets) / probabilities.shape[1]
