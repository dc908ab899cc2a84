def vertical_edge_filter(size=3):
    if size < 3 or size % 2 != 1:
        raise ValueError(f"size {size}")
    answer = np.zeros((size, size, 1, 1))
    for row in range(size):
        answer[row] = np.sign(size // 2 - row)
    return answer
