"""You cut off everything below 1; ReLU cuts at 0, and 0.5 stays 0.5."""

_reference = relu


def relu(x):
    return x * (x >= 1) if isinstance(x, np.ndarray) else _reference(x)
