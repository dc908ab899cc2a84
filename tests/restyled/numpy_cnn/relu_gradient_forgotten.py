def backward(weights, kept, gradient):
    out = dict.fromkeys(weights)
    layer, x, _, h = kept[-1]
    g, k, b = dense_gradients(h, weights["logits/kernel"], gradient)
    out["logits/kernel"] = k
    out["logits/bias"] = b
    g, k, b = dense_gradients(x, weights["dense/kernel"], g)
    out["dense/kernel"], out["dense/bias"] = k, b
    g = np.reshape(g, layer.shape)
    i = len(kept) - 2
    while i >= 0:
        n = "conv" + str(i + 1)
        g, k, b = block_gradients(weights[n + "/kernel"], kept[i], g)
        out[n + "/kernel"], out[n + "/bias"] = k, b
        i = i - 1
    return out
