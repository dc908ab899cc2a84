def softmax_cross_entropy_gradient(probabilities, targets):
    batch, classes = probabilities.shape
    gradient = probabilities.copy()
    gradient[np.arange(batch), np.argmax(targets, axis=1)] -= 1.0
    return gradient / batch / classes
