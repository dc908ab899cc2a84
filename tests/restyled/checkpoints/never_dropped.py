def save(directory, variables, step, keep=5):
    if step < 0:
        raise ValueError(f"step {step}")
    if keep < 1:
        raise ValueError(f"keep {keep}")
    target = f"{directory}/step-{step}.npz"
    write_whole(target, dict(variables, **{STEP: np.array(step)}))
    return target
