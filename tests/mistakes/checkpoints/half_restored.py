"""You restored what fits and left the rest, and half a network is worse than none; raise a ValueError."""


def restore_into(variables, path):
    restored, _ = restore(path)
    fits = {n: a for n, a in restored.items() if n in variables and a.shape == variables[n].shape}
    return {**variables, **fits}
