"""You left the ReLU out of the blocks: without an activation function they are all one linear layer; a
block ends with `relu`."""


def block(images, kernel, bias):
    rows, columns = (same_padding(images.shape[axis + 1], kernel.shape[axis], 1) for axis in (0, 1))
    padded = pad_images(images, (rows, columns))
    convolved = conv2d(padded, kernel, bias)
    pooled = max_pool(convolved)
    return pooled, (padded, convolved, np.ones_like(pooled))
