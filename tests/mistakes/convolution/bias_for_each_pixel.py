"""You added the biases along the width; there is one for each filter, along the last axis."""

_reference = conv2d


def conv2d(images, filters, bias=None, strides=(1, 1), padding="SAME"):
    output = _reference(images, filters, bias, strides, padding)
    if bias is None or output.shape[2] != len(bias):
        return output
    return output - bias + bias[:, None]
