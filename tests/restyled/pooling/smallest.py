def max_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    if min(*pool_size, *strides) < 1:
        raise ValueError("below 1")
    (top, bottom), (left, right) = padding
    batch, height, width, channels = images.shape
    if top + height + bottom < pool_size[0] or left + width + right < pool_size[1]:
        raise ValueError("too large")
    high = (top + height + bottom - pool_size[0]) // strides[0] + 1
    wide = (left + width + right - pool_size[1]) // strides[1] + 1
    output = np.empty((batch, high, wide, channels), images.dtype)
    for i in range(high):
        for j in range(wide):
            y, x = i * strides[0] - top, j * strides[1] - left
            seen = images[:, max(y, 0) : y + pool_size[0], max(x, 0) : x + pool_size[1]]
            output[:, i, j] = seen.min(axis=(1, 2))
    return output
