"""You used the first stride for both axes; strides[0] goes down, strides[1] to the right."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    return _reference(images, kernel, bias, (strides[0], strides[0]))
