"""Pads with the least number of the dtype, and cuts the moved images out one pixel of the window after another."""


def _moved(images, pool_size, strides, padding, fill):
    padded = np.pad(images, [(0, 0), *padding, (0, 0)], constant_values=fill)
    rows, columns = padded.shape[1] - pool_size[0] + 1, padded.shape[2] - pool_size[1] + 1
    if min(*pool_size, *strides, rows, columns) < 1:
        raise ValueError("window or strides")
    for y in range(pool_size[0]):
        for x in range(pool_size[1]):
            yield padded[:, y : y + rows : strides[0], x : x + columns : strides[1]]


def max_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    least = np.finfo(images.dtype).min
    output = least
    for moved in _moved(images, pool_size, strides, padding, least):
        output = np.maximum(output, moved)
    return output


def average_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    total = sum(_moved(images, pool_size, strides, padding, 0))
    return total / sum(_moved(images * 0 + 1, pool_size, strides, padding, 0))
