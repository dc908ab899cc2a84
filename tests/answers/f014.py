def conv2d(images, kernel, bias, strides=(1, 1)):
    if kernel.shape[2] != images.shape[3]:
        raise ValueError(
            f"kernel of shape {kernel.shape} does not suit images with {images.shape[3]} channels"
        )
    patches(images, kernel.shape[:2], strides)  # raises what must be raised
    kernel_height, kernel_width, _, filters = kernel.shape
    batch, height, width, _ = images.shape
    new_height = (height - kernel_height + 1) // strides[0]
    new_width = (width - kernel_width + 1) // strides[1]
    output = np.zeros((batch, new_height, new_width, filters), images.dtype)
    for i in range(new_height):
        for j in range(new_width):
            top, left = i * strides[0], j * strides[1]
            patch = images[:, top : top + kernel_height, left : left + kernel_width, :]
            for f in range(filters):
                output[:, i, j, f] = (patch * kernel[:, :, :, f]).sum(axis=(1, 2, 3)) + bias[f]
    return output
