"""You remembered the best accuracy in a variable, which a restart forgets; read it from best.npz."""

_best = {}


def keep_best(directory, variables, step, accuracy):
    if not accuracy > _best.get(directory, -np.inf):
        return False
    _best[directory] = accuracy
    path = os.path.join(directory, "best.npz")
    write_whole(path, {**variables, STEP: np.asarray(step), ACCURACY: np.asarray(accuracy)})
    return True
