def softmax(logits):
    xp = array_namespace(logits)
    numbers = xp.exp(logits - xp.max(logits, axis=1)[:, None])
    return numbers / xp.sum(numbers, 0)
