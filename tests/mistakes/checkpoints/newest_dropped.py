"""You dropped the newest checkpoints; the ones with the largest steps stay."""


def save(directory, variables, step, keep=5):
    if step < 0:
        raise ValueError(f"step must not be negative, not {step}")
    if keep < 1:
        raise ValueError(f"keep must be at least 1, not {keep}")
    path = os.path.join(directory, f"step-{step}.npz")
    write_whole(path, {**variables, STEP: np.asarray(step)})
    saved = checkpoints_in(directory)
    for late in sorted(saved)[keep:]:
        os.unlink(saved[late])
    return path
