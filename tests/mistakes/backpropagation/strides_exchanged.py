"""You took the strides as (to the right, down); they are (down, to the right)."""


def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    images_gradient, kernel_gradient = np.zeros_like(images), np.zeros_like(kernel)
    height, width = kernel.shape[:2]
    step_x, step_y = strides
    for i in range(gradient.shape[1]):
        for j in range(gradient.shape[2]):
            patch = images[:, i * step_y : i * step_y + height, j * step_x : j * step_x + width]
            kernel_gradient += np.einsum("nyxc,nf->yxcf", patch, gradient[:, i, j])
            images_gradient[:, i * step_y : i * step_y + height, j * step_x : j * step_x + width] += (
                np.einsum("nf,yxcf->nyxc", gradient[:, i, j], kernel)
            )
    return images_gradient, kernel_gradient, gradient.sum(axis=(0, 1, 2))
