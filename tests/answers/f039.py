def confusion_matrix(labels, predicted, classes):
    check_labels(labels, len(predicted), classes)
    matrix = np.zeros((classes, classes), np.int64)
    for true, guess in zip(labels, predicted):
        matrix[guess, true] += 1
    return matrix
