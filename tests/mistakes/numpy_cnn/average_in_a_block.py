"""You pooled by the mean of each window; a block keeps the largest number of each, by `max_pool`."""


def block(images, kernel, bias):
    rows, columns = (same_padding(images.shape[axis + 1], kernel.shape[axis], 1) for axis in (0, 1))
    padded = pad_images(images, (rows, columns))
    convolved = conv2d(padded, kernel, bias)
    n, height, width, filters = convolved.shape
    pooled = convolved.reshape(n, height // 2, 2, width // 2, 2, filters).mean(axis=(2, 4))
    return relu(pooled), (padded, convolved, pooled)
