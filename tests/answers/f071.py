def block(images, kernel, bias):
    rows = same_padding(images.shape[1], kernel.shape[0], 1)
    columns = same_padding(images.shape[2], kernel.shape[1], 1)
    padded = pad_images(images, (rows, columns))
    convolved = conv2d(padded, kernel, bias)
    pooled = max_pool(convolved)
    return relu(pooled), (images.shape, padded, convolved, pooled)


def block_gradients(kernel, kept, gradient):
    shape, padded, convolved, pooled = kept
    gradient = relu_gradient(pooled, gradient)
    gradient = max_pool_gradient(convolved, gradient)
    images_gradient, kernel_gradient, bias_gradient = conv2d_gradients(padded, kernel, gradient)
    return images_gradient[:, : shape[1], : shape[2]], kernel_gradient, bias_gradient
