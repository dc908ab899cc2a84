"""You divided each row by its sum; the matrix holds counts."""

_reference = confusion_matrix


def confusion_matrix(labels, predicted, classes):
    matrix = _reference(labels, predicted, classes)
    return matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
