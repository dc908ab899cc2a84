"""You took the first pair for left and right; the padding is ((top, bottom), (left, right))."""

_reference = pad_images


def pad_images(images, padding):
    return _reference(images, padding[::-1])
