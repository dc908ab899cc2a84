def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    seen = np.moveaxis(patches(images, pool_size, strides), 5, 3)
    first = seen.reshape(*gradient.shape, pool_size[0] * pool_size[1]).argmax(axis=-1)
    n, i, j, c = np.indices(gradient.shape)
    result = np.zeros_like(images)
    result[n, i * strides[0] + first // pool_size[1], j * strides[1] + first % pool_size[1], c] += gradient
    return result
