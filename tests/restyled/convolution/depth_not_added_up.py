def conv2d(images, kernel, bias, strides=(1, 1)):
    if kernel.shape[2] != images.shape[3]:
        raise ValueError(f"kernel of shape {kernel.shape}")
    if min(strides) < 1:
        raise ValueError("strides")
    batch, height, width, _ = images.shape
    rows, columns, _, count = kernel.shape
    if rows > height or columns > width:
        raise ValueError("too large")
    output = np.zeros(
        (batch, (height - rows) // strides[0] + 1, (width - columns) // strides[1] + 1, count), images.dtype
    )
    for i in range(output.shape[1]):
        for j in range(output.shape[2]):
            y, x = i * strides[0], j * strides[1]
            patch = images[:, y : y + rows, x : x + columns, 0]
            for f in range(count):
                output[:, i, j, f] = (patch * kernel[:, :, 0, f]).sum(axis=(1, 2)) + bias[f]
    return output
