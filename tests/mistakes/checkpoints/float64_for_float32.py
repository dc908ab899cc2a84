"""You turned the arrays into float64: another dtype comes back than was saved, and the files are larger."""

_reference = write_whole


def write_whole(path, arrays):
    _reference(path, {name: np.asarray(array, np.float64) for name, array in arrays.items()})
