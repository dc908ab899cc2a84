"""You compared the names but not the shapes; both must be the same."""


def restore_into(variables, path):
    restored, _ = restore(path)
    differing = sorted(variables.keys() ^ restored.keys())
    if differing:
        raise ValueError(f"{path}: {differing}")
    return restored
