"""You dropped one checkpoint a save; with a smaller `keep` several must go, until `keep` are left."""


def save(directory, variables, step, keep=5):
    if step < 0 or keep < 1:
        raise ValueError(f"step {step} or keep {keep} is too small")
    path = os.path.join(directory, f"step-{step}.npz")
    write_whole(path, {**variables, STEP: np.asarray(step)})
    saved = checkpoints_in(directory)
    if len(saved) > keep:
        os.unlink(saved[min(saved)])
    return path
