def vertical_edge_filter(size=3):
    if size < 3 or size % 2 == 0:
        raise ValueError(f"size must be odd and at least 3, not {size}")
    edge = np.zeros((size, size, 1, 1))
    edge[:, 0] = 1.0
    edge[:, -1] = -1.0
    return edge
