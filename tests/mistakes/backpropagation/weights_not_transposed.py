"""You multiplied by the kernel as it is; on the way back it is transposed: `gradient @ kernel.T`."""


def dense_gradients(inputs, kernel, gradient):
    return gradient @ kernel, inputs.T @ gradient, gradient.sum(axis=0)
