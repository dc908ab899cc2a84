"""You cut large numbers off at 6: that is ReLU6. ReLU leaves every positive number as it is."""


def relu(x):
    xp = array_namespace(x)
    return xp.minimum(xp.maximum(x, 0), 6)
