"""You padded half of the kernel at both ends: one zero too many for a kernel of even size; `same_padding`
says how many on each side."""


def block(images, kernel, bias):
    rows, columns = kernel.shape[0] // 2, kernel.shape[1] // 2
    padded = pad_images(images, ((rows, rows), (columns, columns)))
    convolved = conv2d(padded, kernel, bias)[:, : images.shape[1], : images.shape[2]]
    pooled = max_pool(convolved)
    return relu(pooled), (padded, convolved, pooled)
