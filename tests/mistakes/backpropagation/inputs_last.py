"""You returned (kernel, bias, inputs); the order is that of the arguments: inputs, kernel, bias."""


def dense_gradients(inputs, kernel, gradient):
    return inputs.T @ gradient, gradient.sum(axis=0), gradient @ kernel.T
