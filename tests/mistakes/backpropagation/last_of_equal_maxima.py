"""You chose the last of several equally large pixels (`>=`); the first one gets the gradient, so compare with `>`."""


def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    images_gradient = np.zeros_like(images)
    for n, i, j, channel in np.ndindex(gradient.shape):
        best = n, i * strides[0], j * strides[1], channel
        for y in range(pool_size[0]):
            for x in range(pool_size[1]):
                pixel = n, i * strides[0] + y, j * strides[1] + x, channel
                if images[pixel] >= images[best]:
                    best = pixel
        images_gradient[best] += gradient[n, i, j, channel]
    return images_gradient
