def sigmoid(x):
    xp = array_namespace(x)
    return 1 / (1 + xp.exp(-xp.abs(x)))  # never the exponential of a positive number
