"""You compared with `np.isclose`, for which all tiny numbers are equal; only the very largest pixel gets it."""


def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    images_gradient = np.zeros_like(images)
    for n, i, j, channel in np.ndindex(gradient.shape):
        top, left = i * strides[0], j * strides[1]
        window = images[n, top : top + pool_size[0], left : left + pool_size[1], channel]
        y, x = np.argwhere(np.isclose(window, window.max()))[0]
        images_gradient[n, top + y, left + x, channel] += gradient[n, i, j, channel]
    return images_gradient
