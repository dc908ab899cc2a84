"""You gave the gradient to all four pixels of a window; only the largest one reached the output:
`max_pool_gradient` finds it."""


def block_gradients(kernel, kept, gradient):
    padded, convolved, pooled = kept
    convolved_gradient = relu_gradient(pooled, gradient).repeat(2, axis=1).repeat(2, axis=2)
    padded_gradient, *of_weights = conv2d_gradients(padded, kernel, convolved_gradient)
    return crop_or_pad(padded_gradient, *convolved.shape[1:3]), *of_weights
