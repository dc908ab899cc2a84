"""You divided the gradient among the pixels that are equally large; the first of them gets all of it."""


def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    images_gradient = np.zeros_like(images)
    for i, j in np.ndindex(gradient.shape[1:3]):
        top, left = i * strides[0], j * strides[1]
        window = np.s_[:, top : top + pool_size[0], left : left + pool_size[1]]
        largest = images[window] == images[window].max(axis=(1, 2), keepdims=True)
        share = gradient[:, i : i + 1, j : j + 1] / largest.sum(axis=(1, 2), keepdims=True)
        images_gradient[window] += largest * share
    return images_gradient
