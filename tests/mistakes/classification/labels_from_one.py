"""You counted the classes from 1; they are numbered from 0, so label 0 has the first column."""

_reference = one_hot


def one_hot(labels, classes):
    return np.roll(_reference(labels, classes), -1, axis=1)
