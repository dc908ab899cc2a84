"""You computed in float16, which holds three digits and nothing above 65504; keep the dtype of the images."""

_reference = average_pool


def average_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    return _reference(images.astype(np.float16), pool_size, strides, padding).astype(images.dtype)
