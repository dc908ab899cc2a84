"""You turned the kernel around (np.convolve does that); here it is laid on as it is: np.correlate."""


def convolve_row(row, kernel):
    if not len(kernel):
        raise ValueError(f"kernel has shape {kernel.shape}")
    return np.convolve(row, kernel, "valid") if len(row) >= len(kernel) else np.zeros(0)
