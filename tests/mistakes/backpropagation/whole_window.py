"""You gave the gradient to the whole window; only its largest pixel reached the output, so only that gets it."""


def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    images_gradient = np.zeros_like(images)
    for i, j in np.ndindex(gradient.shape[1:3]):
        top, left = i * strides[0], j * strides[1]
        images_gradient[:, top : top + pool_size[0], left : left + pool_size[1]] += gradient[
            :, i : i + 1, j : j + 1
        ]
    return images_gradient
