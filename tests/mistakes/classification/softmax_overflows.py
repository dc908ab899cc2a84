"""Your exponentials overflow for large logits, and the quotient is NaN: take the row's largest away first."""


def softmax(logits):
    xp = array_namespace(logits)
    return xp.exp(logits) / xp.sum(xp.exp(logits), axis=-1, keepdims=True)
