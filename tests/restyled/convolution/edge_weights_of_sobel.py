def vertical_edge_filter(size: int = 3) -> Float[np.ndarray, "{size} {size} 1 1"]:
    if size < 3 or size % 2 == 0:
        raise ValueError(f"size must be odd and at least 3, not {size}")
    middle = size // 2
    across = np.sign(middle - np.arange(size)).astype(float)
    down = np.ones(size)
    down[middle] = 2
    return np.outer(down, across).reshape(size, size, 1, 1)
