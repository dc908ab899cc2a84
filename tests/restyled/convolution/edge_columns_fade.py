def vertical_edge_filter(size=3):
    if size not in range(3, 999, 2):
        raise ValueError(f"size must be odd, is {size}")
    half = size // 2
    return np.array([[[[(half - x) / half]] for x in range(size)] for _ in range(size)])
