"""ReLU as half of x + |x|; the biases as one more row of weights, met by an input of 1."""


def dense(inputs, weights, biases):
    if weights.shape[0] != inputs.shape[1]:
        raise ValueError(f"weights {tuple(weights.shape)}")
    if tuple(biases.shape) != (weights.shape[1],):
        raise ValueError(f"biases {tuple(biases.shape)}")
    xp = array_namespace(inputs)
    ones = xp.ones_like(inputs[:, :1])
    join = np.concatenate if xp is np else xp.concat
    return join([inputs, ones], 1) @ join([weights, biases[None]], 0)


def relu(x):
    return (x + array_namespace(x).abs(x)) / 2
