"""You made fewer positions but began them at pixels 0, 1, 2, ...; position i begins at pixel i * strides."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    _, rows, columns, _ = _reference(images, kernel, bias, strides).shape
    return _reference(images, kernel, bias)[:, :rows, :columns]
