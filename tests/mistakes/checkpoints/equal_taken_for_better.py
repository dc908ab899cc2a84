"""You kept an equally good one; only a greater accuracy is better: > and not >=."""


def keep_best(directory, variables, step, accuracy):
    path = os.path.join(directory, "best.npz")
    best = float(read_whole(path)[ACCURACY]) if os.path.exists(path) else -np.inf
    if not accuracy >= best:
        return False
    write_whole(path, {**variables, STEP: np.asarray(step), ACCURACY: np.asarray(accuracy)})
    return True
