def max_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    (top, bottom), (left, right) = padding
    batch, height, width, channels = images.shape
    canvas = np.zeros((batch, top + height + bottom, left + width + right, channels), images.dtype)
    canvas[:, top : top + height, left : left + width] = images
    return np.max(patches(canvas, pool_size, strides), axis=(3, 4))
