"""ReLU comes before pooling in a block, its gradient after that of pooling; what is kept are dictionaries."""


def block(images, kernel, bias):
    down, right = kernel.shape[0] - 1, kernel.shape[1] - 1
    padded = pad_images(images, ((down // 2, down - down // 2), (right // 2, right - right // 2)))
    convolved = conv2d(padded, kernel, bias)
    active = np.maximum(convolved, 0)
    return max_pool(active), ({"padded": padded, "convolved": convolved, "active": active},)


def block_gradients(kernel, kept, gradient):
    (kept,) = kept
    gradient = max_pool_gradient(kept["active"], gradient)
    gradient = relu_gradient(kept["convolved"], gradient)
    found, kernel_gradient, bias_gradient = conv2d_gradients(kept["padded"], kernel, gradient)
    top, left = (kernel.shape[0] - 1) // 2, (kernel.shape[1] - 1) // 2
    height, width = gradient.shape[1:3]
    return found[:, top:, left:][:, :height, :width], kernel_gradient, bias_gradient


def forward(weights, images):
    found = {"inputs": [], "blocks": []}
    for number in range(1, len(weights) // 2 - 1):
        images, kept = block(images, weights[f"conv{number}/kernel"], weights[f"conv{number}/bias"])
        found["blocks"].append(kept)
    found["shape"] = images.shape
    found["flat"] = images.reshape(len(images), -1)
    found["active"] = relu(dense(found["flat"], weights["dense/kernel"], weights["dense/bias"]))
    return dense(found["active"], weights["logits/kernel"], weights["logits/bias"]), [found]


def backward(weights, kept, gradient):
    (kept,) = kept
    result = {}
    gradient, result["logits/kernel"], result["logits/bias"] = dense_gradients(
        kept["active"], weights["logits/kernel"], gradient
    )
    # The output of a ReLU is positive just where its input is.
    gradient = relu_gradient(kept["active"], gradient)
    gradient, result["dense/kernel"], result["dense/bias"] = dense_gradients(
        kept["flat"], weights["dense/kernel"], gradient
    )
    gradient = gradient.reshape(kept["shape"])
    number = len(kept["blocks"])
    while number > 0:
        kernel = weights[f"conv{number}/kernel"]
        gradient, of_kernel, of_bias = block_gradients(kernel, kept["blocks"][number - 1], gradient)
        result[f"conv{number}/kernel"], result[f"conv{number}/bias"] = of_kernel, of_bias
        number -= 1
    return result
