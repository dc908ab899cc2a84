"""You return an empty array where the kernel is larger than the images; that is a ValueError."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    positions = [(images.shape[1 + axis] - kernel.shape[axis]) // strides[axis] + 1 for axis in (0, 1)]
    if min(positions) < 1:
        return np.zeros((len(images), max(positions[0], 0), max(positions[1], 0), kernel.shape[3]))
    return _reference(images, kernel, bias, strides)
