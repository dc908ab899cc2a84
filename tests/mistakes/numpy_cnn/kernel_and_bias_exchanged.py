"""You filed the gradient of each kernel under its bias and the other way round; each has the shape of the
weights of its name."""


def backward(weights, kept, gradient):
    *blocks, (layer, flat, hidden, active) = kept
    found = {}
    gradient, *found["logits"] = dense_gradients(active, weights["logits/kernel"], gradient)
    gradient = relu_gradient(hidden, gradient)
    gradient, *found["dense"] = dense_gradients(flat, weights["dense/kernel"], gradient)
    gradient = unflatten(gradient, layer.shape[1:])
    for name, kept_by_block in reversed(list(zip(block_names(weights), blocks, strict=True))):
        gradient, *found[name] = block_gradients(weights[f"{name}/kernel"], kept_by_block, gradient)
    return {name: found[name.partition("/")[0]][name.endswith("kernel")] for name in weights}
