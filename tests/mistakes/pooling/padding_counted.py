"""You divided by the size of the window; only the pixels that exist count."""


def average_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    return _windows(images, pool_size, strides, padding, fill=0).mean(axis=(3, 4))
