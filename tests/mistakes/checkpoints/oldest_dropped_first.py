"""You removed the oldest checkpoint before the new one was written, and a crash between costs one; write
first.
"""


def save(directory, variables, step, keep=5):
    if step < 0:
        raise ValueError(f"step must not be negative, not {step}")
    if keep < 1:
        raise ValueError(f"keep must be at least 1, not {keep}")
    path = os.path.join(directory, f"step-{step}.npz")
    saved = checkpoints_in(directory)
    saved.pop(step, None)
    for old in sorted(saved)[: max(len(saved) - keep + 1, 0)]:
        os.unlink(saved[old])
    write_whole(path, {**variables, STEP: np.asarray(step)})
    return path
