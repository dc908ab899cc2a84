"""You summed the bias gradient over the batch only; one bias serves all positions, so sum over height and width too."""

_reference = conv2d_gradients


def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    images_gradient, kernel_gradient, _ = _reference(images, kernel, gradient, strides)
    return images_gradient, kernel_gradient, gradient.sum(axis=0)
