"""You let NumPy repeat a kernel of one channel for all; a kernel for other channels than the images is a ValueError."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    if kernel.shape[2] == 1:
        kernel = np.repeat(kernel, images.shape[3], axis=2)
    return _reference(images, kernel, bias, strides)
