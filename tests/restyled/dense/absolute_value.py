def relu(x):
    return array_namespace(x).where(x < 0, -x, x)
