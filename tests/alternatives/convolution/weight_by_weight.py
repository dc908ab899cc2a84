"""A loop over the weights of the kernel, each adding a moved image, in float32; the stride at the end."""


def convolve_row(row, kernel):
    positions = row.size - kernel.size + 1
    if kernel.size == 0 or positions <= 0:
        raise ValueError("kernel", kernel.shape)
    output = np.zeros(positions, row.dtype)
    for t, weight in enumerate(kernel):
        output += weight * row[t : t + positions]
    return output


def conv2d(images, kernel, bias, strides=(1, 1)):
    if images.shape[-1] != kernel.shape[-2]:
        raise ValueError("kernel", kernel.shape)
    if not all(stride >= 1 for stride in strides):
        raise ValueError("strides", strides)
    rows, columns = images.shape[1] - kernel.shape[0] + 1, images.shape[2] - kernel.shape[1] + 1
    if rows <= 0 or columns <= 0:
        raise ValueError("kernel", kernel.shape)
    output = np.zeros((len(images), rows, columns, kernel.shape[3]), np.float32)
    for y in range(kernel.shape[0]):
        for x in range(kernel.shape[1]):
            output += (images[:, y : y + rows, x : x + columns] @ kernel[y, x]).astype(np.float32)
    return (output + bias.astype(np.float32))[:, :: strides[0], :: strides[1]]


def vertical_edge_filter(size=3):
    if size < 2 or size % 2 != 1:
        raise ValueError(f"a size of {size}")
    columns = [[[1] if x < size // 2 else [0] if x == size // 2 else [-1]] for x in range(size)]
    return [columns] * size
