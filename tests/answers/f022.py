def max_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    if min(strides) < 1:
        raise ValueError(f"strides must be at least 1, not {strides}")
    padded = np.pad(images, ((0, 0), padding[0], padding[1], (0, 0)), constant_values=-np.inf)
    return patches(padded, pool_size, pool_size).max(axis=(3, 4))
