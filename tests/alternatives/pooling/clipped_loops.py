"""Loops over the positions and clips each window to the image, so that nothing is ever padded."""


def _pool(images, pool_size, strides, padding, keep):
    if any(number <= 0 for number in (*pool_size, *strides)):
        raise ValueError("a window or a stride is below 1")
    (top, bottom), (left, right) = padding
    _, height, width, _ = images.shape
    tops = range(-top, height + bottom - pool_size[0] + 1, strides[0])
    lefts = range(-left, width + right - pool_size[1] + 1, strides[1])
    if not tops or not lefts:
        raise ValueError(f"a window of {pool_size} does not fit")
    answer = np.zeros((len(images), len(tops), len(lefts), images.shape[3]))
    for i, y in enumerate(tops):
        for j, x in enumerate(lefts):
            seen = images[:, max(y, 0) : y + pool_size[0], max(x, 0) : x + pool_size[1], :]
            answer[:, i, j, :] = keep(seen, axis=(1, 2))
    return answer


def max_pool(images, pool_size=(2, 2), strides=(2, 2), padding=((0, 0), (0, 0))):
    return _pool(images, pool_size, strides, padding, np.max)


def average_pool(images, pool_size=(2, 2), strides=(2, 2), padding=((0, 0), (0, 0))):
    return _pool(images, pool_size, strides, padding, np.mean)
