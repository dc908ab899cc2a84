def confusion_matrix(labels, predicted, classes):
    check_labels(labels, len(predicted), classes)
    matrix = np.zeros((classes, classes), np.int64)
    matrix[labels, predicted] += 1
    return matrix
