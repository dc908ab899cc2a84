"""You padded every axis, the batch and the channels too; only height and width get zeros."""

_reference = pad_images


def pad_images(images, padding):
    _reference(images, padding)
    return np.pad(images, (padding[0], padding[0], padding[1], padding[1]))
