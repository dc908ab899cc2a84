def cross_entropy(logits, labels):
    if not isinstance(logits, np.ndarray):
        import tensorflow as tf

        return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    if len(labels) != len(logits):
        raise ValueError(f"{len(labels)} labels")
    for label in labels:
        if label < 0 or label >= logits.shape[1]:
            raise ValueError(f"label {label} is not among the labels")
    probabilities = np.logaddexp.reduce(logits, axis=1)
    losses = [total - logits[row, label] for row, total in enumerate(probabilities) for label in labels]
    return sum(losses) / len(losses)
