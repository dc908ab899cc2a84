"""You gave the gradient to every pixel that is equal to the largest; of several, only the first one gets it."""


def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    images_gradient = np.zeros_like(images)
    for i, j in np.ndindex(gradient.shape[1:3]):
        top, left = i * strides[0], j * strides[1]
        window = np.s_[:, top : top + pool_size[0], left : left + pool_size[1]]
        largest = images[window].max(axis=(1, 2), keepdims=True)
        images_gradient[window] += (images[window] == largest) * gradient[:, i : i + 1, j : j + 1]
    return images_gradient
