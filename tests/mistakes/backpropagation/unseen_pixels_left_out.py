"""You returned only the pixels that a patch has seen; the others belong to the images too and get 0."""

_reference = conv2d_gradients


def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    images_gradient, kernel_gradient, bias_gradient = _reference(images, kernel, gradient, strides)
    rows, columns = (
        (count - 1) * step + size
        for count, step, size in zip(gradient.shape[1:3], strides, kernel.shape[:2], strict=True)
    )
    return images_gradient[:, :rows, :columns], kernel_gradient, bias_gradient
