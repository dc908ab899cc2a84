def sigmoid(x):
    xp = array_namespace(x)
    above, below = xp.maximum(x, 0), xp.maximum(-x, 0)  # one of the two is 0
    return xp.exp(-below) / (1 + xp.exp(-above - below))
