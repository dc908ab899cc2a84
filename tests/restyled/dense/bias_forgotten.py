def dense(inputs, kernel, bias):
    if len(bias.shape) != 1 or bias.shape[0] != kernel.shape[1]:
        raise ValueError(f"bias is {tuple(bias.shape)}")
    return array_namespace(inputs).matmul(inputs, kernel)
