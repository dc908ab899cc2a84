"""You averaged the kernel's and the bias gradient over the batch; the mean is in the loss already, so take sums."""

_reference = conv2d_gradients


def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    images_gradient, kernel_gradient, bias_gradient = _reference(images, kernel, gradient, strides)
    return images_gradient, kernel_gradient / len(images), bias_gradient / len(images)
