"""ReLU as half of x + |x|; the bias as one more row of the kernel, met by an input of 1."""


def dense(inputs, kernel, bias):
    if tuple(bias.shape) != (kernel.shape[1],):
        raise ValueError(f"bias {tuple(bias.shape)}")
    xp = array_namespace(inputs)
    ones = xp.ones_like(inputs[:, :1])
    return xp.concatenate([inputs, ones], 1) @ xp.concatenate([kernel, bias[None]], 0)


def relu(x):
    return (x + array_namespace(x).abs(x)) / 2
