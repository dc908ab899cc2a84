"""You let a bias of a wrong shape be broadcast, which is wrong in silence. Compare its shape with (units,)."""


def dense(inputs, kernel, bias):
    return inputs @ kernel + bias
