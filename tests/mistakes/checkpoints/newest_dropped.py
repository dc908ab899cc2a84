"""You dropped the newest checkpoints; the ones with the largest steps stay."""


def save(directory, variables, step, keep=5):
    if step < 0 or keep < 1:
        raise ValueError(f"step {step} or keep {keep} is too small")
    path = os.path.join(directory, f"step-{step}.npz")
    write_whole(path, {**variables, STEP: np.asarray(step)})
    saved = checkpoints_in(directory)
    for late in sorted(saved)[keep:]:
        os.unlink(saved[late])
    return path
