"""You rounded the accuracy: one more image right is better, though the first two digits are the same."""

_reference = keep_best


def keep_best(directory, variables, step, accuracy):
    return _reference(directory, variables, step, float(f"{accuracy:.2f}"))
