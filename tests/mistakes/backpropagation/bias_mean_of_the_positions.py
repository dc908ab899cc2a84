"""You averaged the bias gradient over all positions; each output adds the bias once, so its gradient is their sum."""

_reference = conv2d_gradients


def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    images_gradient, kernel_gradient, _ = _reference(images, kernel, gradient, strides)
    return images_gradient, kernel_gradient, gradient.mean(axis=(0, 1, 2))
