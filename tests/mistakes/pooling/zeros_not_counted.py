"""You counted the pixels that are not 0; a pixel of 0 exists too."""


def average_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    seen = _windows(images, pool_size, strides, padding, fill=0)
    return seen.sum(axis=(3, 4)) / np.maximum((seen != 0).sum(axis=(3, 4)), 1)
