def dense(inputs, weights, biases):
    if inputs.shape[1] != weights.shape[0]:
        raise ValueError(f"weights are {tuple(weights.shape)}")
    if len(biases.shape) != 1 or biases.shape[0] != weights.shape[1]:
        raise ValueError(f"biases are {tuple(biases.shape)}")
    return array_namespace(inputs).matmul(inputs, weights)
