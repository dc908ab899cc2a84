"""You did not look for variables that only the checkpoint has; every name must be in both."""


def restore_into(variables, path):
    restored, _ = restore(path)
    problems = [
        f"{name}: {restored[name].shape if name in restored else 'missing'} for {array.shape}"
        for name, array in variables.items()
        if name not in restored or restored[name].shape != array.shape
    ]
    if problems:
        raise ValueError("; ".join(problems))
    return {name: restored[name] for name in variables}
