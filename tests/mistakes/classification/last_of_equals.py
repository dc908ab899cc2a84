"""Of equal scores you took the last class; the first one counts, as argmax has it."""


def predicted_class(scores):
    return scores.shape[1] - 1 - scores[:, ::-1].argmax(axis=1)
