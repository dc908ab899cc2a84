"""You wrote into the file itself, and a crash leaves neither the old nor the new; write beside it, then
rename.
"""


def write_whole(path, arrays):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        write_arrays(file, arrays)
