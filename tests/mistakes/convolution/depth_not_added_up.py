"""You used the first channel alone; a filter goes through the whole depth, and the sum runs over it too."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    _reference(images, kernel, bias, strides)
    return _reference(images[..., :1], kernel[:, :, :1], bias, strides)
