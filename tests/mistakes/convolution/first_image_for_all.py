"""You used the first image for the whole batch; each image has its own output."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    return _reference(np.repeat(images[:1], len(images), axis=0), kernel, bias, strides)
