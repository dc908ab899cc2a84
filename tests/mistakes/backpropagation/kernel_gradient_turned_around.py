"""You turned the kernel's gradient around; each weight gets the sum over the pixels that it met itself."""

_reference = conv2d_gradients


def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    images_gradient, kernel_gradient, bias_gradient = _reference(images, kernel, gradient, strides)
    return images_gradient, kernel_gradient[::-1, ::-1], bias_gradient
