def forward(
    weights: Weights, images: Float[np.ndarray, "batch height width channels"]
) -> tuple[Float[np.ndarray, "batch classes"], list[Any]]:
    kept = []
    layer = images
    for name in block_names(weights):
        layer, of_block = block(layer, weights[f"{name}/kernel"], weights[f"{name}/bias"])
        kept.append(of_block)
    rows, _ = flatten(layer)
    hidden = relu(dense(rows, weights["dense/kernel"], weights["dense/bias"]))
    kept.append(hidden)
    return dense(hidden, weights["logits/kernel"], weights["logits/bias"]), kept


def backward(weights: Weights, kept: list[Any], gradient: Float[np.ndarray, "batch classes"]) -> Weights:
    gradients = {}
    for name, array in weights.items():
        gradients[name] = np.zeros_like(array)
    _, of_kernel, of_bias = dense_gradients(kept[-1], weights["logits/kernel"], gradient)
    gradients["logits/kernel"] = of_kernel
    gradients["logits/bias"] = of_bias
    return gradients
