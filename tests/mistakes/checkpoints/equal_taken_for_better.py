"""You kept an equally good one: only a greater accuracy is better."""

_reference = keep_best


def keep_best(directory, variables, step, accuracy):
    path = os.path.join(directory, "best.npz")
    if os.path.exists(path) and float(read_whole(path)[ACCURACY]) == accuracy:
        accuracy = np.nextafter(accuracy, 2)
    return _reference(directory, variables, step, accuracy)
