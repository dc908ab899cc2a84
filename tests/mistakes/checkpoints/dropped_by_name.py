"""You dropped the first names in the alphabet, where step-10 comes before step-9; drop the smallest steps."""


def save(directory, variables, step, keep=5):
    if step < 0:
        raise ValueError(f"step must not be negative, not {step}")
    if keep < 1:
        raise ValueError(f"keep must be at least 1, not {keep}")
    path = os.path.join(directory, f"step-{step}.npz")
    write_whole(path, {**variables, STEP: np.asarray(step)})
    for old in sorted(checkpoints_in(directory).values())[:-keep]:
        os.unlink(old)
    return path
