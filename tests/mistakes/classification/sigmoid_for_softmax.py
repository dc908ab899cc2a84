"""You squashed each logit by itself, as a sigmoid does; softmax divides by the sum over the classes."""


def softmax(logits):
    return 1 / (1 + array_namespace(logits).exp(-logits))
