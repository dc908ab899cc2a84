def average_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    if strides[0] < 1 or strides[1] < 1:
        raise ValueError(strides)
    padded = np.pad(images.astype(float), ((0, 0), *padding, (0, 0)), constant_values=np.nan)
    return np.nanmean(patches(padded, pool_size, pool_size), axis=(3, 4))
