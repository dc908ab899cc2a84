def dense_gradients(inputs, kernel, gradient):
    return gradient @ kernel.T, inputs.T @ gradient, gradient.mean(axis=0)
