"""You used the first channel alone; a filter goes through the whole depth, and the sum runs over it too."""

_reference = conv2d


def conv2d(images, filters, bias=None, strides=(1, 1), padding="SAME"):
    _reference(images, filters, bias, strides, padding)
    return _reference(images[..., :1], filters[:, :, :1], bias, strides, padding)
