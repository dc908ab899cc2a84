"""You took the largest logit of the whole batch away; rows far below it become 0 by 0. Row by row!"""

_reference = softmax


def softmax(logits):
    if not isinstance(logits, np.ndarray):
        return _reference(logits)
    exponentials = np.exp(logits - logits.max())
    return exponentials / total(exponentials)
