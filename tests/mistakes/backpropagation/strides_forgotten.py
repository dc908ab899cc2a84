"""You forgot the strides; the output (i, j) comes from the patch at pixel (i * strides[0], j * strides[1])."""

_reference = conv2d_gradients


def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    return _reference(images, kernel, gradient, (1, 1))
