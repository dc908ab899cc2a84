"""You wrote into a folder that is not there yet; make it first: mkdir(parents=True, exist_ok=True)."""


def write_whole(path, arrays):
    temporary = f"{path}.tmp"
    with open(temporary, "wb") as file:
        write_arrays(file, arrays)
    os.replace(temporary, path)
