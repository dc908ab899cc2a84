"""You accepted the label -1: NumPy takes it for the last class, silently. Labels are 0 ... classes - 1."""


def check_labels(labels, classes):
    wrong = labels[labels >= classes]
    if len(wrong):
        raise ValueError(f"labels must be below {classes}, not {wrong[0]}")
