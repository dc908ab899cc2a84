"""You began with 0 as the largest number, so negative pixels get nothing; begin with the window's first pixel."""


def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    images_gradient = np.zeros_like(images)
    for n, i, j, channel in np.ndindex(gradient.shape):
        largest, best = 0, None
        for y in range(i * strides[0], i * strides[0] + pool_size[0]):
            for x in range(j * strides[1], j * strides[1] + pool_size[1]):
                if images[n, y, x, channel] > largest:
                    largest, best = images[n, y, x, channel], (n, y, x, channel)
        if best is not None:
            images_gradient[best] += gradient[n, i, j, channel]
    return images_gradient
