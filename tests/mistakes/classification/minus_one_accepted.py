"""You accepted the label -1: NumPy takes it for the last class, silently. Labels are 0 ... classes - 1."""


def one_hot(labels, classes):
    if classes < 1:
        raise ValueError(f"classes must be at least 1, not {classes}")
    if (labels >= classes).any():
        raise ValueError(f"labels must be below {classes}, not {labels.max()}")
    return np.eye(classes, dtype=np.float32)[labels]
