"""You counted a pair once, however often it occurs: `+=` with index arrays does that. Use np.add.at."""

_reference = confusion_matrix


def confusion_matrix(labels, predicted, classes):
    return np.minimum(_reference(labels, predicted, classes), 1)
