"""You took the logit that is farthest from 0; logits may be negative: -1 is larger than -5."""


def predicted_class(scores):
    return np.abs(scores).argmax(axis=-1)
