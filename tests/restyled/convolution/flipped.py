def conv2d(images, kernel, bias, strides=(1, 1)):
    if kernel.shape[2] != images.shape[3]:
        raise ValueError(f"kernel {kernel.shape}")
    rows, columns = kernel.shape[:2]
    high = images.shape[1] - rows + 1
    wide = images.shape[2] - columns + 1
    if high < 1 or wide < 1 or strides[0] < 1 or strides[1] < 1:
        raise ValueError("no position")
    output = np.zeros((len(images), high, wide, kernel.shape[3]), images.dtype) + bias
    for y in range(rows):
        for x in range(columns):
            seen = images[:, rows - 1 - y : rows - 1 - y + high, columns - 1 - x : columns - 1 - x + wide]
            output = output + np.einsum("nijc,co->nijo", seen, kernel[y, x])
    return output[:, :: strides[0], :: strides[1]]
