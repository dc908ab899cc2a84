def convolve_row(row, kernel):
    if not 1 <= len(kernel) <= len(row):
        raise ValueError(f"kernel must have 1 to {len(row)} weights, not {len(kernel)}")
    return np.convolve(row, kernel, mode="valid")
