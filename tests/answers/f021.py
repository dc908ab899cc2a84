def average_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    padded = np.pad(images, ((0, 0), padding[0], padding[1], (0, 0)))
    seen = patches(padded, pool_size, strides)
    count = (seen != 0).sum(axis=(3, 4))
    return (seen.sum(axis=(3, 4)) / np.maximum(count, 1)).astype(images.dtype)
