def log_of_softmax(logits):
    xp = array_namespace(logits)
    lowered = logits - xp.max(logits, axis=1, keepdims=True)
    return lowered - xp.log(xp.sum(xp.exp(lowered), axis=1, keepdims=True))


def cross_entropy(logits: Float[Array, "batch classes"], labels: Int[Array, " batch"]) -> float:
    if isinstance(logits, np.ndarray):
        rows, columns = logits.shape
        check_labels(labels, rows, columns)
    xp = array_namespace(logits)
    right = xp.take_along_axis(log_of_softmax(logits), labels[:, None], axis=1)
    return xp.mean(right)
