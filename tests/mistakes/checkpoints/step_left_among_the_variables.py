"""You left the step among the variables; take it out with `pop`, and return it beside them."""


def restore(path):
    arrays = read_whole(path)
    if STEP not in arrays:
        raise ValueError(f"no step in {path}")
    step = int(arrays[STEP])
    arrays.pop(ACCURACY, None)
    return arrays, step
