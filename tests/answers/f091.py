def merge(first, second):
    w1, b1 = first
    w2, b2 = second
    first_matrix = np.vstack([w1, b1])
    last_column = np.zeros((len(first_matrix), 1), w1.dtype)
    last_column[-1] = 1
    product = np.hstack([first_matrix, last_column]) @ np.vstack([w2, b2])
    return product[:-1], product[-1]
