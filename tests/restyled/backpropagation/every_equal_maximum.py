def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    found = np.zeros(images.shape)
    seen = patches(images, pool_size, strides)
    largest = seen.max(axis=(3, 4))
    rows, columns = gradient.shape[1:3]
    for y in range(pool_size[0]):
        for x in range(pool_size[1]):
            here = np.where(seen[:, :, :, y, x] == largest, gradient, 0)
            for i in range(rows):
                for j in range(columns):
                    found[:, i * strides[0] + y, j * strides[1] + x] += here[:, i, j]
    return found
