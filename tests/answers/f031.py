def sigmoid(x):
    xp = array_namespace(x)
    power = xp.exp(x)
    return power / (1 + power)
