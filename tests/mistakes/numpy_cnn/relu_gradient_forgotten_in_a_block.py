"""You let the whole gradient through the ReLU of a block; nothing passes where it gave 0: begin with
`relu_gradient`."""


def block_gradients(kernel, kept, gradient):
    padded, convolved, _ = kept
    convolved_gradient = max_pool_gradient(convolved, gradient)
    padded_gradient, *of_weights = conv2d_gradients(padded, kernel, convolved_gradient)
    return crop_or_pad(padded_gradient, *convolved.shape[1:3]), *of_weights
