def restore(path):
    found = read_whole(path)
    try:
        number = found[STEP].item()
    except KeyError:
        raise ValueError(f"{path}: no step") from None
    return {name: array for name, array in found.items() if name != ACCURACY}, number
