def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    kernel_height, kernel_width = kernel.shape[:2]
    new_height, new_width = gradient.shape[1:3]
    images_gradient = np.zeros_like(images)
    kernel_gradient = np.zeros_like(kernel)
    for y in range(kernel_height):
        for x in range(kernel_width):
            pixels = images[:, y : y + new_height, x : x + new_width]
            kernel_gradient[y, x] = np.einsum("nijc,nijf->cf", pixels, gradient)
            for i in range(new_height):
                for j in range(new_width):
                    back = gradient[:, i, j] @ kernel[y, x].T
                    images_gradient[:, i * strides[0] + y, j * strides[1] + x] += back
    return images_gradient, kernel_gradient, gradient.sum(axis=(0, 1, 2))
