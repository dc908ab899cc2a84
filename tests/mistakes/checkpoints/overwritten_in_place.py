"""You wrote into the file itself: a crash leaves neither the old nor the new. Write beside it, rename."""


def write_whole(path, arrays):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        np.savez(file, **arrays)
