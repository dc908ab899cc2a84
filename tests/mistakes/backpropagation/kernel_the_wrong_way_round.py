"""Your kernel is the wrong way round in the images' gradient: it stays as it is if you add patch by patch, and
is turned around in a full convolution.
"""


def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    images_gradient, kernel_gradient = np.zeros_like(images), np.zeros_like(kernel)
    height, width = kernel.shape[:2]
    for i, j in np.ndindex(gradient.shape[1:3]):
        patch = np.s_[:, i * strides[0] : i * strides[0] + height, j * strides[1] : j * strides[1] + width]
        slope = gradient[:, i, j]
        images_gradient[patch] += np.einsum("nf,yxcf->nyxc", slope, kernel[::-1, ::-1])
        kernel_gradient += np.einsum("nyxc,nf->yxcf", images[patch], slope)
    return images_gradient, kernel_gradient, gradient.sum(axis=(0, 1, 2))
