def max_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    return patches(images, pool_size, strides).max(axis=3).max(axis=3)
