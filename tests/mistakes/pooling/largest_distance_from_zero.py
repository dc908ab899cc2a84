"""You kept the pixel that is farthest from zero; the largest of -5 and 1 is 1."""


def max_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    seen = _windows(images, pool_size, strides, padding, fill=0)
    low = _windows(images, pool_size, strides, padding, fill=np.inf).min(axis=(3, 4))
    high = _windows(images, pool_size, strides, padding, fill=-np.inf).max(axis=(3, 4))
    return np.where(np.abs(seen).max(axis=(3, 4)) > high, low, high)
