def forward(weights, images):
    layer, of_blocks = images, []
    for name in block_names(weights):
        layer, of_block = block(layer, weights[f"{name}/kernel"], weights[f"{name}/bias"])
        of_blocks.append(of_block)
    flat, _ = flatten(layer)
    hidden = relu(dense(flat, weights["dense/kernel"], weights["dense/bias"]))
    logits = dense(hidden, weights["logits/kernel"], weights["logits/bias"])
    return logits, [of_blocks, layer.shape[1:], flat, hidden]


def backward(weights, kept, gradient):
    of_blocks, shape, flat, hidden = kept
    found = {}
    gradient, found["logits/kernel"], found["logits/bias"] = dense_gradients(
        hidden, weights["logits/kernel"], gradient
    )
    gradient, found["dense/kernel"], found["dense/bias"] = dense_gradients(
        flat, weights["dense/kernel"], gradient
    )
    gradient = unflatten(gradient, shape)
    for name, of_block in reversed(list(zip(block_names(weights), of_blocks))):
        gradient, found[f"{name}/kernel"], found[f"{name}/bias"] = block_gradients(
            weights[f"{name}/kernel"], of_block, gradient
        )
    return {name: found[name] for name in weights}
