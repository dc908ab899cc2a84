def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    result = np.zeros_like(images)
    for i in range(gradient.shape[1]):
        for j in range(gradient.shape[2]):
            rows = slice(i * strides[0], i * strides[0] + pool_size[0])
            columns = slice(j * strides[1], j * strides[1] + pool_size[1])
            window = images[:, rows, columns]
            largest = window == window.max(axis=(1, 2), keepdims=True)
            result[:, rows, columns] += largest * gradient[:, i : i + 1, j : j + 1]
    return result
