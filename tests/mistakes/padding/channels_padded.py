"""You padded every axis, the batch and the channels too; only height and width get zeros."""


def pad_images(images, padding):
    if min(*padding[0], *padding[1]) < 0:
        raise ValueError(f"padding must not be negative: {padding}")
    return np.pad(images, (padding[0], padding[0], padding[1], padding[1]))
