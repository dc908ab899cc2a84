"""You made columns only for the classes that occur in this batch; `classes` says how many there are."""

_reference = one_hot


def one_hot(labels, classes):
    rows = _reference(labels, classes)
    return rows[:, : labels.max() + 1] if len(labels) else rows
