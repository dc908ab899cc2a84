def softmax(logits):
    xp = array_namespace(logits)
    powers = xp.exp(logits - xp.max(logits))
    return powers / xp.sum(powers, axis=-1, keepdims=True)
