def convolve_row(row, kernel):
    if len(kernel) == 0:
        raise ValueError(f"kernel of shape {kernel.shape}")
    places = len(row) - len(kernel) + 1
    if places < 1:
        return row[:0]
    return np.array([sum(row[i + j] * kernel[-1 - j] for j in range(len(kernel))) for i in range(places)])
