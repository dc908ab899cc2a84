def dense(
    inputs: Float[Array, "batch inputs"],
    kernel: Float[Array, "inputs units"],
    bias: Float[Array, " units"],
) -> Float[Array, "batch units"]:
    units = kernel.shape[1]
    if tuple(bias.shape) != (units,):
        raise ValueError(f"bias must have the shape {(units,)}, not {tuple(bias.shape)}")
    xp = array_namespace(inputs)
    sums = inputs @ kernel + bias
    return xp.where(sums > 0, sums, xp.zeros_like(sums))
