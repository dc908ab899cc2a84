def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    (rows, columns), (down, right) = kernel.shape[:2], strides
    dx, dw = 0 * images, 0 * kernel
    for n, picture in enumerate(images):
        for i in range(gradient.shape[1]):
            for j in range(gradient.shape[2]):
                for y in range(rows):
                    for x in range(columns):
                        dx[n, i * down + y, j * right + x] = kernel[y, x] @ gradient[n, i, j]
                        dw[y, x] += np.outer(picture[i * down + y, j * right + x], gradient[n, i, j])
    return dx, dw, gradient.reshape(-1, gradient.shape[-1]).sum(0)
