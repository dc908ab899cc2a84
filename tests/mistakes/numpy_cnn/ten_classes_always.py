"""You made one-hot rows of ten columns; there are as many as the network has logits."""


def loss_and_gradients(weights, images, labels):
    logits, kept = forward(weights, images)
    gradient = softmax_cross_entropy_gradient(softmax(logits), one_hot(labels, 10))
    return cross_entropy(logits, labels), backward(weights, kept, gradient)
