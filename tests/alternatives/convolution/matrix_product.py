"""Unrolls the patches into the rows of a matrix (im2col) and multiplies once, in float64."""


def conv2d(images, kernel, bias, strides=(1, 1)):
    rows, columns, channels, count = kernel.shape
    if channels != images.shape[3]:
        raise ValueError("kernel", kernel.shape)
    if min(strides) < 1:
        raise ValueError
    tops = range(0, images.shape[1] - rows + 1, strides[0])
    lefts = range(0, images.shape[2] - columns + 1, strides[1])
    unrolled = [
        images[:, t : t + rows, x : x + columns].astype(np.float64).reshape(len(images), -1)
        for t in tops
        for x in lefts
    ]
    # np.stack refuses an empty list with a ValueError of its own.
    matrix = np.stack(unrolled, axis=1) @ kernel.reshape(-1, count) + bias
    return matrix.reshape(len(images), len(tops), len(lefts), count)


def vertical_edge_filter(size=3):
    if size not in range(3, 1000, 2):
        raise ValueError(f"size={size}")
    return np.tile(np.sign(size // 2 - np.arange(size)), (size, 1)).reshape(size, size, 1, 1)
