def max_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    padded = np.pad(images, ((0, 0), padding[0], padding[1], (0, 0)), constant_values=-np.inf)
    _, new_height, new_width = patches(padded, pool_size, strides).shape[:3]
    down, right = strides
    result = None
    for y in range(pool_size[0]):
        for x in range(pool_size[1]):
            part = padded[
                :, y : y + down * (new_height - 1) + 1 : down, x : x + right * (new_width - 1) + 1 : right
            ]
            result = part.copy() if result is None else np.maximum(result, part)
    return result
