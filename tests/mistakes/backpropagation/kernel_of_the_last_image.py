"""You kept the kernel's gradient of the last image only; it is the sum over all images of the batch."""


def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    images_gradient = np.zeros_like(images)
    height, width = kernel.shape[:2]
    for n in range(len(images)):
        kernel_gradient = np.zeros_like(kernel)
        for i, j in np.ndindex(gradient.shape[1:3]):
            patch = np.s_[
                n, i * strides[0] : i * strides[0] + height, j * strides[1] : j * strides[1] + width
            ]
            kernel_gradient += images[patch][..., None] * gradient[n, i, j]
            images_gradient[patch] += kernel @ gradient[n, i, j]
    return images_gradient, kernel_gradient, gradient.sum(axis=(0, 1, 2))
