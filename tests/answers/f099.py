def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    batch, height, width, _ = images.shape
    kernel_height, kernel_width, _, filters = kernel.shape
    new_height, new_width = gradient.shape[1:3]
    spread = np.zeros((batch, height + kernel_height - 1, width + kernel_width - 1, filters), gradient.dtype)
    top, left = kernel_height - 1, kernel_width - 1
    spread[
        :,
        top : top + (new_height - 1) * strides[0] + 1 : strides[0],
        left : left + (new_width - 1) * strides[1] + 1 : strides[1],
    ] = gradient
    turned = kernel[::-1, ::-1]
    images_gradient = np.einsum("nijyxf,yxcf->nijc", patches(spread, (kernel_height, kernel_width)), turned)
    seen = patches(images, (kernel_height, kernel_width), strides)
    kernel_gradient = np.einsum("nijyxc,nijf->yxcf", seen, gradient)
    return images_gradient, kernel_gradient, gradient.sum(axis=(0, 1, 2))
