"""You wrote exactly two blocks down; there are as many as `weights` has: loop over
`block_names(weights)`."""


def forward(weights, images):
    kept = []
    layer = images
    for name in ("conv1", "conv2"):
        layer, kept_by_block = block(layer, weights[f"{name}/kernel"], weights[f"{name}/bias"])
        kept.append(kept_by_block)
    flat, _ = flatten(layer)
    hidden = dense(flat, weights["dense/kernel"], weights["dense/bias"])
    active = relu(hidden)
    logits = dense(active, weights["logits/kernel"], weights["logits/bias"])
    return logits, [*kept, (layer, flat, hidden, active)]
