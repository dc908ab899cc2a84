"""You returned the gradient of the kernel transposed; it has the shape of the kernel: `inputs.T @ gradient`."""


def dense_gradients(inputs, kernel, gradient):
    return gradient @ kernel.T, gradient.T @ inputs, gradient.sum(axis=0)
