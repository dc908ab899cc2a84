"""You kept what the way back needs in one variable for all calls, so that the next call overwrites it;
return it, and use what you are given."""

_last = []


def block(images, kernel, bias):
    rows, columns = (same_padding(images.shape[axis + 1], kernel.shape[axis], 1) for axis in (0, 1))
    padded = pad_images(images, (rows, columns))
    convolved = conv2d(padded, kernel, bias)
    pooled = max_pool(convolved)
    _last[:] = padded, convolved, pooled
    return relu(pooled), ()


def block_gradients(kernel, kept, gradient):
    padded, convolved, pooled = _last
    convolved_gradient = max_pool_gradient(convolved, relu_gradient(pooled, gradient))
    padded_gradient, *of_weights = conv2d_gradients(padded, kernel, convolved_gradient)
    return crop_or_pad(padded_gradient, *convolved.shape[1:3]), *of_weights
