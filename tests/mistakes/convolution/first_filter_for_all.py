"""You used the first filter for every output channel; channel f comes from filter f, kernel[:, :, :, f]."""

_reference = conv2d


def conv2d(images, kernel, bias, strides=(1, 1)):
    return _reference(images, np.repeat(kernel[..., :1], kernel.shape[3], axis=3), bias, strides)
