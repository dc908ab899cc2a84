def merge(first, second):
    w1, b1 = first
    w2, b2 = second
    return w2 @ w1, w2 @ b1 + b2
