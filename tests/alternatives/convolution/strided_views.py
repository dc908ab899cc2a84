"""Patches as a strided view of the image, contracted by einsum; np.correlate for a row."""

from numpy.lib.stride_tricks import as_strided


def convolve_row(row, kernel):
    if kernel.size == 0 or kernel.size > row.size:
        raise ValueError(f"the shape of the kernel is {kernel.shape}")
    return np.correlate(row, kernel, "valid")


def conv2d(images, kernel, bias, strides=(1, 1)):
    batch, *sizes, channels = images.shape
    if kernel.shape[2] != channels:
        raise ValueError(f"{kernel.shape} is the shape of the kernel, but there are {channels} channels")
    positions = [
        (size - weights) // stride + 1 if stride > 0 else 0
        for size, weights, stride in zip(sizes, kernel.shape[:2], strides, strict=True)
    ]
    if min(positions) < 1:
        raise ValueError(f"{positions} positions")
    steps = images.strides
    view = as_strided(
        images,
        (batch, *positions, *kernel.shape[:2], channels),
        (steps[0], steps[1] * strides[0], steps[2] * strides[1], *steps[1:]),
        writeable=False,
    )
    return np.einsum("nijyxc,yxcf->nijf", view, kernel, optimize=True) + bias
