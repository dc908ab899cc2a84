"""You kept the batch axis of the bias gradient (`keepdims`); it has the shape of the bias, which is one axis."""


def dense_gradients(inputs, kernel, gradient):
    return gradient @ kernel.T, inputs.T @ gradient, gradient.sum(axis=0, keepdims=True)
