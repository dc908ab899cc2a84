def softmax(logits):
    xp = array_namespace(logits)
    numbers = xp.exp(logits - largest(logits))
    return numbers / (numbers.sum(0) if xp is np else xp.reduce_sum(numbers, 0))
