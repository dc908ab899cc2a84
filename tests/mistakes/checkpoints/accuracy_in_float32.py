"""You saved the accuracy in float32, so 0.7 becomes 0.69999999 and an equal one seems better; save it in
float64.
"""


def keep_best(directory, variables, step, accuracy):
    path = os.path.join(directory, "best.npz")
    best = float(read_whole(path)[ACCURACY]) if os.path.exists(path) else -np.inf
    if not accuracy > best:
        return False
    write_whole(path, {**variables, STEP: np.asarray(step), ACCURACY: np.float32(accuracy)})
    return True
