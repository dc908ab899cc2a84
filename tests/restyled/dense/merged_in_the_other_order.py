def merge(first, second):
    one, one_biases = first
    two, two_biases = second
    if two.shape[0] != one.shape[1]:
        raise ValueError(f"second has shape {two.shape}")
    return np.matmul(two, one), np.matmul(one_biases, two) + two_biases
