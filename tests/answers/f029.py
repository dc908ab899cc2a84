def dense(inputs, kernel, bias):
    if tuple(bias.shape) != (kernel.shape[1],):
        raise ValueError(f"bias must have the shape ({kernel.shape[1]},), not {tuple(bias.shape)}")
    return relu(inputs @ kernel + bias)
