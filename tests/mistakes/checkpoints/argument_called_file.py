"""You passed the arrays to np.savez by keyword, where a variable `file` meets its argument `file`; call
write_arrays.
"""


def write_whole(path, arrays):
    folder = Path(path).parent
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=folder, suffix=".tmp")
    with open(descriptor, "wb") as file:
        np.savez(file, **arrays)
    os.replace(temporary, path)
