def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    answer = np.zeros(images.shape)
    for n, i, j, c in np.ndindex(gradient.shape):
        y0, x0 = i * strides[0], j * strides[1]
        window = images[n, y0 : y0 + pool_size[0], x0 : x0 + pool_size[1], c]
        y, x = np.argwhere(window == window.max())[0]
        answer[n, y0 + y, x0 + x, c] = gradient[n, i, j, c]
    return answer
