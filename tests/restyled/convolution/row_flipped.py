def convolve_row(row, kernel):
    count = len(row) - len(kernel) + 1
    if len(kernel) == 0 or count < 1:
        raise ValueError(f"kernel of shape {kernel.shape}")
    return np.array([sum(row[i + j] * kernel[-1 - j] for j in range(len(kernel))) for i in range(count)])
