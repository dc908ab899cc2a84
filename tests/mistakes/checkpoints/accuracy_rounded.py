"""You rounded the accuracy to two digits, so one more image right is no better; compare accuracies as they
are.
"""

_reference = keep_best


def keep_best(directory, variables, step, accuracy):
    return _reference(directory, variables, step, float(f"{accuracy:.2f}"))
