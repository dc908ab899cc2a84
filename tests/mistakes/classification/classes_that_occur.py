"""You made columns only up to the largest label of this batch; `classes` says how many there are."""

_reference = one_hot


def one_hot(labels, classes):
    rows = _reference(labels, classes)
    return rows[:, : labels.max() + 1] if len(labels) else rows
