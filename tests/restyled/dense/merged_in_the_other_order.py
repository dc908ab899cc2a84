def merge(first, second):
    one, one_bias = first
    two, two_bias = second
    return np.matmul(two, one), np.matmul(one_bias, two) + two_bias
