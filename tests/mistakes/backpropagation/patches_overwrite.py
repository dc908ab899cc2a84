"""You overwrote what an earlier patch gave to a pixel; a pixel in several patches gets the sum, with `+=`."""


def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    images_gradient, kernel_gradient = np.zeros_like(images), np.zeros_like(kernel)
    height, width = kernel.shape[:2]
    for i, j in np.ndindex(gradient.shape[1:3]):
        patch = np.s_[:, i * strides[0] : i * strides[0] + height, j * strides[1] : j * strides[1] + width]
        images_gradient[patch] = np.einsum("nf,yxcf->nyxc", gradient[:, i, j], kernel)
        kernel_gradient += np.einsum("nyxc,nf->yxcf", images[patch], gradient[:, i, j])
    return images_gradient, kernel_gradient, gradient.sum(axis=(0, 1, 2))
