"""Your average_pool keeps the largest pixel; it keeps the mean of the window."""

_reference = average_pool


def average_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    return max_pool(images, pool_size, strides, padding)
