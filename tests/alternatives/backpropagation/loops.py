"""Naive loops over the formulas, and lists where others return tuples."""


def dense_gradients(inputs, kernel, gradient):
    (batch, count), units = inputs.shape, kernel.shape[1]
    inputs_gradient = [
        [sum(gradient[n, u] * kernel[i, u] for u in range(units)) for i in range(count)] for n in range(batch)
    ]
    kernel_gradient = [
        [sum(inputs[n, i] * gradient[n, u] for n in range(batch)) for u in range(units)] for i in range(count)
    ]
    return [
        inputs_gradient,
        kernel_gradient,
        [sum(gradient[n, u] for n in range(batch)) for u in range(units)],
    ]


def relu_gradient(inputs, gradient):
    answer = np.empty(inputs.shape)
    for index in np.ndindex(inputs.shape):
        answer[index] = gradient[index] if inputs[index] > 0 else 0
    return answer


def softmax_cross_entropy_gradient(probabilities, targets):
    rows = []
    for probability, target in zip(probabilities, targets):
        rows.append([(p - t) / len(targets) for p, t in zip(probability, target)])
    return rows


def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    images_gradient, kernel_gradient = np.zeros(images.shape), np.zeros(kernel.shape)
    bias_gradient = np.zeros(kernel.shape[3])
    for n in range(gradient.shape[0]):
        for i in range(gradient.shape[1]):
            for j in range(gradient.shape[2]):
                bias_gradient += gradient[n, i, j]
                for y in range(kernel.shape[0]):
                    for x in range(kernel.shape[1]):
                        pixel = n, i * strides[0] + y, j * strides[1] + x
                        images_gradient[pixel] += kernel[y, x].dot(gradient[n, i, j])
                        kernel_gradient[y, x] += np.outer(images[pixel], gradient[n, i, j])
    return [images_gradient, kernel_gradient, bias_gradient]


def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    answer = np.zeros(images.shape)
    for n in range(gradient.shape[0]):
        for i in range(gradient.shape[1]):
            for j in range(gradient.shape[2]):
                for c in range(gradient.shape[3]):
                    largest, best = -np.inf, None
                    for y in range(i * strides[0], i * strides[0] + pool_size[0]):
                        for x in range(j * strides[1], j * strides[1] + pool_size[1]):
                            if images[n, y, x, c] > largest:
                                largest, best = images[n, y, x, c], (n, y, x, c)
                    answer[best] += gradient[n, i, j, c]
    return answer
