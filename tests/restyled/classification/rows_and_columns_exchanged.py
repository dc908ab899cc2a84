def confusion_matrix(labels, predicted, classes):
    if len(labels) != len(predicted):
        raise ValueError(f"labels {len(labels)}")
    counts = [[0] * classes for _ in range(classes)]
    for truth, guess in zip(labels.tolist(), predicted.tolist()):
        if not 0 <= truth < classes:
            raise ValueError(f"labels: {truth}")
        counts[guess][truth] += 1
    return np.array(counts)
