def convolve_row(row, kernel):
    if len(kernel) == 0 or len(kernel) > len(row):
        raise ValueError(f"kernel must have 1 to {len(row)} weights, not {len(kernel)}")
    return np.correlate(row, kernel, mode="valid")


def conv2d(images, kernel, bias, strides=(1, 1)):
    if kernel.shape[2] != images.shape[3]:
        raise ValueError(
            f"kernel of shape {kernel.shape} does not suit images with {images.shape[3]} channels"
        )
    seen = patches(images, kernel.shape[:2], strides)
    filters = kernel.shape[3]
    matrix = np.ascontiguousarray(seen).reshape(-1, kernel.size // filters)
    return (matrix @ kernel.reshape(-1, filters) + bias).reshape(*seen.shape[:3], filters)
