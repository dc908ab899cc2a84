"""You exchanged height and width: the first axis of a filter runs down the image, the second across."""

_reference = conv2d


def conv2d(images, filters, bias=None, strides=(1, 1), padding="SAME"):
    return _reference(
        images, filters.swapaxes(0, 1) if filters.ndim == 4 else filters, bias, strides, padding
    )
