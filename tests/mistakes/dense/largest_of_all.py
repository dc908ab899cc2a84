"""You took the largest element of all (np.max); ReLU compares every element with 0 (np.maximum)."""


def relu(x):
    return x * 0 + max(x.max(), 0) if x.size else x
