def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    batch, height, width, channels = images.shape
    rows, columns, _, filters = kernel.shape
    # The gradients apart from each other as the strides were, with zeros between and around them.
    spread = np.zeros((batch, height + rows - 1, width + columns - 1, filters))
    for i in range(gradient.shape[1]):
        for j in range(gradient.shape[2]):
            spread[:, rows - 1 + i * strides[0], columns - 1 + j * strides[1]] = gradient[:, i, j]
    dx = np.tensordot(patches(spread, (rows, columns)), kernel.swapaxes(2, 3), axes=3)
    dw = np.zeros(kernel.shape)
    for y in range(rows):
        for x in range(columns):
            met = images[:, y : height - rows + y + 1 : strides[0], x : width - columns + x + 1 : strides[1]]
            dw[y, x] = np.einsum("nijc,nijf->cf", met, gradient)
    return dx, dw, np.einsum("nijf->f", gradient)
