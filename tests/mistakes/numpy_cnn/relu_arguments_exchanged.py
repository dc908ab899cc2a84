"""You handed the gradient to `relu_gradient` as its inputs; first comes what the ReLU was given, then the
gradient."""


def block_gradients(kernel, kept, gradient):
    padded, convolved, pooled = kept
    convolved_gradient = max_pool_gradient(convolved, relu_gradient(gradient, pooled))
    padded_gradient, *of_weights = conv2d_gradients(padded, kernel, convolved_gradient)
    return crop_or_pad(padded_gradient, *convolved.shape[1:3]), *of_weights
