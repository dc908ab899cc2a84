"""You left the ReLU between the dense layers out on the way back; nothing passes where its input was not
positive."""


def backward(weights, kept, gradient):
    *blocks, (layer, flat, _, active) = kept
    found = {}
    gradient, *found["logits"] = dense_gradients(active, weights["logits/kernel"], gradient)
    gradient, *found["dense"] = dense_gradients(flat, weights["dense/kernel"], gradient)
    gradient = unflatten(gradient, layer.shape[1:])
    for name, kept_by_block in reversed(list(zip(block_names(weights), blocks, strict=True))):
        gradient, *found[name] = block_gradients(weights[f"{name}/kernel"], kept_by_block, gradient)
    return {name: found[name.partition("/")[0]][name.endswith("bias")] for name in weights}
