def conv2d(images, kernel, bias, strides=(1, 1)):
    if kernel.shape[2] != images.shape[3]:
        raise ValueError(
            f"kernel of shape {kernel.shape} does not suit images with {images.shape[3]} channels"
        )
    kernel_height, kernel_width = kernel.shape[:2]
    _, new_height, new_width = patches(images, (kernel_height, kernel_width), strides).shape[:3]
    output = bias
    for y in range(kernel_height):
        for x in range(kernel_width):
            rows = slice(y, y + (new_height - 1) * strides[0] + 1, strides[0])
            columns = slice(x, x + (new_width - 1) * strides[1] + 1, strides[1])
            output = output + images[:, rows, columns] @ kernel[y, x]
    return output
