def average_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    padded = np.pad(images, ((0, 0), padding[0], padding[1], (0, 0)), constant_values=np.nan)
    return np.nanmean(patches(padded, pool_size, strides), axis=(3, 4))
