"""A product of Fourier transforms, where the turned kernel makes a correlation of the convolution."""


def conv2d(images, kernel, bias, strides=(1, 1)):
    height, width, channels = images.shape[1:]
    rows, columns, depth, _ = kernel.shape
    if channels != depth:
        raise ValueError(f"kernel {kernel.shape}")
    if rows > height or columns > width or min(strides) < 1:
        raise ValueError(f"{rows} by {columns} every {strides} in {height} by {width}")
    size = (height, width)
    spectrum = np.fft.rfft2(images.astype(np.float64), size, axes=(1, 2))
    turned = np.fft.rfft2(kernel[::-1, ::-1].astype(np.float64), size, axes=(0, 1))
    product = np.einsum("nyxc,yxcf->nyxf", spectrum, turned)
    whole = np.fft.irfft2(product, size, axes=(1, 2))
    return whole[:, rows - 1 :: strides[0], columns - 1 :: strides[1]] + bias
