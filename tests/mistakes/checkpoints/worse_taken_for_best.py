"""You kept the last one as the best; keep it only if its accuracy is greater than the best so far."""


def keep_best(directory, variables, step, accuracy):
    path = os.path.join(directory, "best.npz")
    write_whole(path, {**variables, STEP: np.asarray(step), ACCURACY: np.asarray(accuracy)})
    return True
