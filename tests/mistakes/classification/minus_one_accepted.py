"""You accepted the label -1: NumPy takes it for the last class, silently. Labels are 0 ... classes - 1."""


def one_hot(labels, classes):
    return np.eye(classes, dtype=np.float32)[labels]
