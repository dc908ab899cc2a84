"""You turned the kernel around (np.convolve does that); here it is laid on as it is: np.correlate."""

_reference_row = convolve_row


def convolve_row(row, kernel):
    return _reference_row(row, kernel[::-1])
