"""You looked for one largest pixel for all channels; each channel of a window has its own."""


def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    images_gradient = np.zeros_like(images)
    for n, i, j in np.ndindex(gradient.shape[:3]):
        top, left = i * strides[0], j * strides[1]
        window = images[n, top : top + pool_size[0], left : left + pool_size[1]]
        y, x, _ = np.unravel_index(window.argmax(), window.shape)
        images_gradient[n, top + y, left + x] += gradient[n, i, j]
    return images_gradient
