"""You took the argmax over the batch; it runs along each row, the last axis."""


def predicted_class(scores):
    return scores.argmax(axis=0)
