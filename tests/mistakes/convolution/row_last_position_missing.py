"""You left out the last stretch of the row; there are size - kernel_size + 1, with the 1."""

_reference_row = convolve_row


def convolve_row(row, kernel):
    return _reference_row(row, kernel)[:-1]
