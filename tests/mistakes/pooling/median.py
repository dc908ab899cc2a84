"""You kept the median of each window; average pooling keeps the mean."""


def average_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    seen = _windows(images.astype(np.float64), pool_size, strides, padding, fill=np.nan)
    return np.nanmedian(seen, axis=(3, 4))
