"""You made a column for each label; each label has a row, and each class a column."""

_reference = one_hot


def one_hot(labels, classes):
    return _reference(labels, classes).T
