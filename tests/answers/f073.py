def loss_and_gradients(weights, images, labels):
    logits, kept = forward(weights, images)
    loss = cross_entropy(logits, labels)
    gradient = softmax_cross_entropy_gradient(logits, one_hot(labels, logits.shape[1]))
    return loss, backward(weights, kept, gradient)
