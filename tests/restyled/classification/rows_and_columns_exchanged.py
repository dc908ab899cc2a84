def confusion_matrix(labels, predicted, classes):
    if classes < 1:
        raise ValueError(f"classes {classes}")
    if len(labels) != len(predicted):
        raise ValueError(f"predicted {len(predicted)}")
    check_labels(labels, classes)
    counts = [[0] * classes for _ in range(classes)]
    for truth, guess in zip(labels.tolist(), predicted.tolist()):
        counts[guess][truth] += 1
    return np.array(counts)
