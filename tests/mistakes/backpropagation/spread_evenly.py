"""You spread the gradient evenly over the window, which is average pooling; the largest pixel gets all of it."""


def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    images_gradient = np.zeros_like(images)
    share = gradient / (pool_size[0] * pool_size[1])
    for i, j in np.ndindex(gradient.shape[1:3]):
        top, left = i * strides[0], j * strides[1]
        images_gradient[:, top : top + pool_size[0], left : left + pool_size[1]] += share[
            :, i : i + 1, j : j + 1
        ]
    return images_gradient
