"""You took the step from the file's name, and best.npz has none; the step is in the file, under STEP."""


def restore(path):
    arrays = read_whole(path)
    arrays.pop(STEP, None)
    arrays.pop(ACCURACY, None)
    digits = re.sub(r"\D", "", os.path.basename(path))
    if not digits:
        raise ValueError(f"{path} has no step")
    return arrays, int(digits)
