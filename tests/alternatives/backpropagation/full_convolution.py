"""The images' gradient as a full convolution: spread by the strides, padded, and with the kernel turned around.

The kernel's gradient is a convolution too, of the images by the spread gradient. In max pooling, a mask marks the
windows that have found their first maximum.
"""


def _spread(gradient, strides, shape):
    rows, columns = (1 + (n - 1) * step for n, step in zip(gradient.shape[1:3], strides))
    spread = np.zeros((shape[0], rows, columns, gradient.shape[3]), gradient.dtype)
    spread[:, :: strides[0], :: strides[1]] = gradient
    return spread


def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    spread = _spread(gradient, strides, images.shape)
    rows, columns = kernel.shape[:2]
    rest = [images.shape[axis] - spread.shape[axis] for axis in (1, 2)]
    around = np.pad(spread, ((0, 0), (rows - 1, rest[0]), (columns - 1, rest[1]), (0, 0)))
    turned = kernel[::-1, ::-1].swapaxes(2, 3)
    images_gradient = np.tensordot(patches(around, (rows, columns)), turned, axes=3)
    # Channels are the batch here, and the batch is what is summed over.
    found = np.tensordot(
        patches(images.transpose(3, 1, 2, 0), spread.shape[1:3]), spread.transpose(1, 2, 0, 3), axes=3
    )
    return images_gradient, found.transpose(1, 2, 0, 3)[:rows, :columns], gradient.sum((0, 1, 2))


def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    spread = _spread(gradient, strides, images.shape)
    seen = patches(images, pool_size, strides)
    largest = seen.max(axis=(3, 4))
    taken = np.zeros(largest.shape, bool)
    answer = np.zeros(images.shape, images.dtype)
    for y, x in np.ndindex(*pool_size):
        first = (seen[:, :, :, y, x] == largest) & ~taken
        taken |= first
        passed = _spread(np.where(first, gradient, 0), strides, images.shape)
        answer[:, y : y + spread.shape[1], x : x + spread.shape[2]] += passed
    return answer


def relu_gradient(inputs, gradient):
    return gradient * (inputs > 0)
