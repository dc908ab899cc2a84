def confusion_matrix(labels, predicted, classes):
    check_labels(labels, len(predicted), classes)
    pairs = labels.astype(np.int64) * classes + predicted.astype(np.int64)
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)
