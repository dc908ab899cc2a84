"""You took the strides of the pooling as (to the right, down); they are (down, to the right)."""


def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    images_gradient = np.zeros_like(images)
    for n, i, j, channel in np.ndindex(gradient.shape):
        top, left = i * strides[1], j * strides[0]
        window = images[n, top : top + pool_size[0], left : left + pool_size[1], channel]
        y, x = np.unravel_index(window.argmax(), window.shape)
        images_gradient[n, top + y, left + x, channel] += gradient[n, i, j, channel]
    return images_gradient
