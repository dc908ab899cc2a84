"""You dropped the first names in the alphabet, step-10 before step-9; the smallest steps are the oldest."""


def save(directory, variables, step, keep=5):
    if step < 0 or keep < 1:
        raise ValueError(f"step {step} or keep {keep} is too small")
    path = os.path.join(directory, f"step-{step}.npz")
    write_whole(path, {**variables, STEP: np.asarray(step)})
    for old in sorted(checkpoints_in(directory).values())[:-keep]:
        os.unlink(old)
    return path
