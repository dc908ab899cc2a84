"""You kept the network's own value where the checkpoint has none; then only a part of the network is restored."""


def restore_into(variables, path):
    restored, _ = restore(path)
    together = {**variables, **restored}
    problems = [
        f"{name}: {array.shape} for {variables[name].shape if name in variables else 'nothing'}"
        for name, array in together.items()
        if name not in variables or array.shape != variables[name].shape
    ]
    if problems:
        raise ValueError("; ".join(problems))
    return together
