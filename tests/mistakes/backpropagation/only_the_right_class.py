"""You gave a gradient to the right class alone; each of the others gets its probability."""


def softmax_cross_entropy_gradient(probabilities, targets):
    return np.where(targets == 1, probabilities - 1, 0) / len(targets)
