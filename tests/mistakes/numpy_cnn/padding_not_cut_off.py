"""You returned the gradient of the padded images; cut the padding off, so that it has the shape of the
images."""


def block_gradients(kernel, kept, gradient):
    padded, convolved, pooled = kept
    convolved_gradient = max_pool_gradient(convolved, relu_gradient(pooled, gradient))
    padded_gradient, *of_weights = conv2d_gradients(padded, kernel, convolved_gradient)
    return padded_gradient, *of_weights
