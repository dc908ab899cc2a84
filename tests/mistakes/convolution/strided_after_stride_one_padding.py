"""You padded as for stride 1 and then skipped places; the padding depends on the stride."""

_reference = conv2d


def conv2d(images, filters, bias=None, strides=(1, 1), padding="SAME"):
    _reference(images, filters, bias, strides, padding)
    return _reference(images, filters, bias, (1, 1), padding)[:, :: strides[0], :: strides[1]]
