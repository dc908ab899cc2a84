"""You walked through the blocks from the first to the last on the way back too; the gradient comes from the
end, so the last block is first."""


def backward(weights, kept, gradient):
    *blocks, (layer, flat, hidden, active) = kept
    found = {}
    gradient, *found["logits"] = dense_gradients(active, weights["logits/kernel"], gradient)
    gradient = relu_gradient(hidden, gradient)
    gradient, *found["dense"] = dense_gradients(flat, weights["dense/kernel"], gradient)
    gradient = unflatten(gradient, layer.shape[1:])
    for name, kept_by_block in zip(block_names(weights), blocks, strict=True):
        gradient, *found[name] = block_gradients(weights[f"{name}/kernel"], kept_by_block, gradient)
    return {name: found[name.partition("/")[0]][name.endswith("bias")] for name in weights}
