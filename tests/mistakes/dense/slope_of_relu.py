"""You returned the slope of ReLU, 0 or 1; ReLU itself is 0 or x."""


def relu(x):
    xp = array_namespace(x)
    return xp.where(x > 0, xp.ones_like(x), xp.zeros_like(x))
