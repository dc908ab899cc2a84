"""You counted a pair once, however often it occurs: `+=` with index arrays does that. Use np.add.at."""


def confusion_matrix(labels, predicted, classes):
    check_labels(labels, len(predicted), classes)
    matrix = np.zeros((classes, classes), np.int64)
    matrix[labels, predicted] += 1
    return matrix
