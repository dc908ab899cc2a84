"""You left the ReLU between the two dense layers out: without it they are one layer."""


def forward(weights, images):
    kept = []
    layer = images
    for name in block_names(weights):
        layer, kept_by_block = block(layer, weights[f"{name}/kernel"], weights[f"{name}/bias"])
        kept.append(kept_by_block)
    flat, _ = flatten(layer)
    hidden = dense(flat, weights["dense/kernel"], weights["dense/bias"])
    active = hidden
    logits = dense(active, weights["logits/kernel"], weights["logits/bias"])
    return logits, [*kept, (layer, flat, hidden, active)]
