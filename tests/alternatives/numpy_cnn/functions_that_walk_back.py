"""What is kept are functions: each layer returns the one that walks back through it."""


def block(images, kernel, bias):
    sides = tuple(same_padding(side, size, 1) for side, size in zip(images.shape[1:3], kernel.shape))
    padded = pad_images(images, sides)
    found = conv2d(padded, kernel, bias)
    pooled = max_pool(found)
    (top, bottom), (left, right) = sides

    def back(gradient):
        of_found = max_pool_gradient(found, relu_gradient(pooled, gradient))
        of_padded, of_kernel, of_bias = conv2d_gradients(padded, kernel, of_found)
        rows, columns = of_padded.shape[1:3]
        return of_padded[:, top : rows - bottom, left : columns - right], of_kernel, of_bias

    return relu(pooled), back


def block_gradients(kernel, kept, gradient):
    return kept(gradient)


def forward(weights, images):
    backs = []

    def through(name, outputs, back):
        backs.append((name, back))
        return outputs

    def full(name, x):
        kernel, bias = weights[f"{name}/kernel"], weights[f"{name}/bias"]
        return through(name, dense(x, kernel, bias), lambda gradient: dense_gradients(x, kernel, gradient))

    layer = images
    for name in block_names(weights):
        layer = through(name, *block(layer, weights[f"{name}/kernel"], weights[f"{name}/bias"]))
    shape = layer.shape[1:]
    layer = through("", flatten(layer)[0], lambda gradient: [unflatten(gradient, shape)])
    hidden = full("dense", layer)
    layer = through("", relu(hidden), lambda gradient: [relu_gradient(hidden, gradient)])
    logits = full("logits", layer)

    def back_through_all(gradient):
        gradients = {}
        for name, back in reversed(backs):
            gradient, *others = back(gradient)
            gradients.update(zip((f"{name}/kernel", f"{name}/bias"), others))
        return gradients

    return logits, back_through_all


def backward(weights, kept, gradient):
    return kept(gradient)
