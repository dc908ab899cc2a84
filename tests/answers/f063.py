def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    kernel_height, kernel_width = kernel.shape[:2]
    batch, new_height, new_width, _ = gradient.shape
    height = (new_height - 1) * strides[0] + kernel_height
    width = (new_width - 1) * strides[1] + kernel_width
    images_gradient = np.zeros((batch, height, width, images.shape[3]), images.dtype)
    kernel_gradient = np.zeros_like(kernel)
    for i in range(new_height):
        for j in range(new_width):
            rows = slice(i * strides[0], i * strides[0] + kernel_height)
            columns = slice(j * strides[1], j * strides[1] + kernel_width)
            here = gradient[:, i, j]
            kernel_gradient += np.einsum("nyxc,nf->yxcf", images[:, rows, columns], here)
            images_gradient[:, rows, columns] += np.einsum("nf,yxcf->nyxc", here, kernel)
    return images_gradient, kernel_gradient, gradient.sum(axis=(0, 1, 2))
