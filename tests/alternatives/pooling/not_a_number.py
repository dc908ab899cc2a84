"""Pads with NaN and asks NumPy for the largest and the mean of what is not NaN."""


def _seen(images, pool_size, strides, padding):
    return _windows(images.astype(np.float64), pool_size, strides, padding, fill=np.nan)


def max_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    return np.nanmax(_seen(images, pool_size, strides, padding), axis=(3, 4))


def average_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    return np.nanmean(_seen(images, pool_size, strides, padding), axis=(3, 4))
