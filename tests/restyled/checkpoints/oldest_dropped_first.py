def save(directory, variables, step, keep=5):
    if step < 0:
        raise ValueError(f"step {step}")
    if keep < 1:
        raise ValueError(f"keep {keep}")
    others = {number: path for number, path in checkpoints_in(directory).items() if number != step}
    while len(others) >= keep:
        os.remove(others.pop(min(others)))
    target = Path(directory) / f"step-{step}.npz"
    write_whole(str(target), dict(variables, **{STEP: np.array(step)}))
    return str(target)
