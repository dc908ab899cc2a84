"""You returned a bias gradient for every example; all of them use the same bias, so it gets their sum, over axis 0."""


def dense_gradients(inputs, kernel, gradient):
    return gradient @ kernel.T, inputs.T @ gradient, gradient
