"""The layer by einsum, ReLU by the absolute value, the sigmoid by tanh."""


def dense(inputs, kernel, bias):
    if len(bias.shape) != 1 or bias.shape[0] != kernel.shape[1]:
        raise ValueError(f"the bias has shape {tuple(bias.shape)}")
    return array_namespace(inputs).einsum("bi,iu->bu", inputs, kernel) + bias


def relu(x):
    return (x + abs(x)) / 2


def sigmoid(x):
    return 0.5 + 0.5 * array_namespace(x).tanh(x / 2)
