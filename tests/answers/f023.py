def max_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    (left, right), (top, bottom) = padding
    batch, height, width, channels = images.shape
    padded = np.full((batch, top + height + bottom, left + width + right, channels), -np.inf, images.dtype)
    padded[:, top : top + height, left : left + width] = images
    return patches(padded, pool_size, strides).max(axis=(3, 4))
