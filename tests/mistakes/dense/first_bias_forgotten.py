"""You left the first layer's bias out; it goes through the second layer's kernel: b1 @ w2 + b2."""


def merge(first, second):
    return first[0] @ second[0], second[1]
