"""You took the largest logit of the whole batch away, and rows far below it become 0 by 0. Take each row's own."""


def softmax(logits):
    xp = array_namespace(logits)
    exponentials = xp.exp(logits - xp.max(logits))
    return exponentials / xp.sum(exponentials, axis=-1, keepdims=True)
