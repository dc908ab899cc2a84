def cross_entropy(logits, labels):
    shifted = logits - largest(logits)
    losses = log(total(array_namespace(logits).exp(shifted))) - right_logits(shifted, labels)
    return losses.sum() if isinstance(logits, np.ndarray) else array_namespace(logits).reduce_sum(losses)
