"""You padded the row, so it kept its size; the kernel stays inside: size - kernel_size + 1 numbers."""

_reference_row = convolve_row


def convolve_row(row, kernel):
    _reference_row(row, kernel)
    return np.correlate(row, kernel, "same")
