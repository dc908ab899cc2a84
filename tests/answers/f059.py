def softmax_cross_entropy_gradient(probabilities, targets):
    return probabilities - targets
