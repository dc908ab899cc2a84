"""You put the odd zero of SAME padding before the image; it goes after."""

_reference = conv2d


def conv2d(images, filters, bias=None, strides=(1, 1), padding="SAME"):
    output = _reference(images, filters, bias, strides, padding)
    if padding == "VALID":
        return output
    amounts = []
    for axis in (0, 1):
        size, stride = images.shape[1 + axis], strides[axis]
        needed = max((-(-size // stride) - 1) * stride + filters.shape[axis] - size, 0)
        amounts.append((needed - needed // 2, needed // 2))
    return _reference(np.pad(images, ((0, 0), *amounts, (0, 0))), filters, bias, strides, "VALID")
