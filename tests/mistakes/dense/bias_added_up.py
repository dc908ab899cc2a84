"""You added the first bias as it is; it goes through the second layer too: b1 @ w2 + b2."""


def merge(first, second):
    return first[0] @ second[0], first[1] + second[1]
