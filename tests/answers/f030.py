def relu(x):
    xp = array_namespace(x)
    return xp.maximum(x, 0.01 * x)
