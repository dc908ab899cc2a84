"""You collected the means in an array of whole numbers, which cuts fractions off; use the dtype of the images."""

_reference = average_pool


def average_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    return _reference(images, pool_size, strides, padding).astype(int)
