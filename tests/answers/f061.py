def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    kernel_height, kernel_width = kernel.shape[:2]
    new_height, new_width = gradient.shape[1:3]
    turned = kernel[::-1, ::-1]
    images_gradient = np.zeros_like(images)
    kernel_gradient = np.zeros_like(kernel)
    for y in range(kernel_height):
        for x in range(kernel_width):
            rows = slice(y, y + (new_height - 1) * strides[0] + 1, strides[0])
            columns = slice(x, x + (new_width - 1) * strides[1] + 1, strides[1])
            kernel_gradient[y, x] = np.tensordot(
                images[:, rows, columns], gradient, axes=((0, 1, 2), (0, 1, 2))
            )
            images_gradient[:, rows, columns] += gradient @ turned[y, x].T
    return images_gradient, kernel_gradient, gradient.sum(axis=(0, 1, 2))
