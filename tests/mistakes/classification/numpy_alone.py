"""You use NumPy's functions on tensors; inside tf.function they fail: take those of `array_namespace(logits)`."""


def softmax(logits):
    exponentials = np.exp(logits - np.max(logits, axis=-1, keepdims=True))
    return exponentials / np.sum(exponentials, axis=-1, keepdims=True)
