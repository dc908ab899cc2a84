"""You cut the whole padding off at the bottom and on the right; half of it was put at the top and on the
left, so cut there too."""


def block_gradients(kernel, kept, gradient):
    padded, convolved, pooled = kept
    convolved_gradient = max_pool_gradient(convolved, relu_gradient(pooled, gradient))
    padded_gradient, *of_weights = conv2d_gradients(padded, kernel, convolved_gradient)
    height, width = convolved.shape[1:3]
    return padded_gradient[:, :height, :width], *of_weights
