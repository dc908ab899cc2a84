"""You exchanged rows and columns: the row is the true class, the column the predicted one."""

_reference = confusion_matrix


def confusion_matrix(labels, predicted, classes):
    return _reference(labels, predicted, classes).T
