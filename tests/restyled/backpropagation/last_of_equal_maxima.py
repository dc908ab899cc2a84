def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    seen = patches(images, pool_size, strides)
    flat = np.concatenate([seen[:, :, :, y] for y in range(pool_size[0])], axis=3)
    index = flat.shape[3] - 1 - flat[:, :, :, ::-1].argmax(axis=3)
    answer = np.zeros(images.shape)
    for (n, i, j, c), best in np.ndenumerate(index):
        y, x = i * strides[0] + best // pool_size[1], j * strides[1] + best % pool_size[1]
        answer[n, y, x, c] = answer[n, y, x, c] + gradient[n, i, j, c]
    return answer
