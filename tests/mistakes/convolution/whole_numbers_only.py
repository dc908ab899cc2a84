"""You collected the outputs in an array of whole numbers, which cuts fractions off; use the dtype of the images."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    found = _reference(images, kernel, bias, strides)
    output = np.zeros(found.shape, dtype=int)
    output[:] = found
    return output
