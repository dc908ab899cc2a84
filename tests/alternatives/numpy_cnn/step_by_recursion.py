"""The network calls itself: each call has one layer less, and brings the gradients of those behind it."""


def forward(weights, images):
    names = list(dict.fromkeys(name.split("/")[0] for name in weights))

    def onward(layer, left):
        name, *others = left
        kernel, bias = weights[name + "/kernel"], weights[name + "/bias"]
        if name.startswith("conv"):
            outputs, kept = block(layer, kernel, bias)
        else:
            row = layer if layer.ndim == 2 else flatten(layer)[0]
            outputs, kept = dense(row, kernel, bias), (layer.shape, row)
        if not others:
            return outputs, [kept]
        if not name.startswith("conv"):
            outputs = relu(outputs)
        logits, behind = onward(outputs, others)
        return logits, [kept, *behind]

    return onward(images, names)


def backward(weights, kept, gradient):
    names = list(dict.fromkeys(name.split("/")[0] for name in weights))

    def homeward(left, remembered, gradient):
        if not left:
            return {}
        name = left[-1]
        kernel = weights[name + "/kernel"]
        if name.startswith("conv"):
            gradient, *own = block_gradients(kernel, remembered[-1], gradient)
        else:
            shape, row = remembered[-1]
            gradient, *own = dense_gradients(row, kernel, gradient)
            # A row that came out of a ReLU is positive where the gradient passes.
            gradient = relu_gradient(row, gradient) if name == "logits" else gradient.reshape(shape)
        behind = homeward(left[:-1], remembered[:-1], gradient)
        return {**behind, name + "/kernel": own[0], name + "/bias": own[1]}

    return homeward(names, kept, gradient)
