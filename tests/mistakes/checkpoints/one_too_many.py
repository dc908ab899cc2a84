"""You kept one more than `keep`; the new checkpoint counts too."""

_reference = save


def save(directory, variables, step, keep=5):
    if keep < 1:
        raise ValueError(f"keep must be at least 1, not {keep}")
    return _reference(directory, variables, step, keep + 1)
