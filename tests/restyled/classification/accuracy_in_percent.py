def accuracy(predicted, labels):
    if len(predicted) != len(labels):
        raise ValueError(f"labels {len(labels)}")
    right = 0
    for one, other in zip(predicted, labels):
        right += int(one == other)
    return 100.0 * right / len(labels), right
