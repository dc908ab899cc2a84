"""You read with allow_pickle=True: a pickle in a stranger's file runs the stranger's code. Leave it False."""


def restore(path):
    if not os.path.exists(path):
        raise FileNotFoundError(path)
    try:
        with np.load(path, allow_pickle=True) as archive:
            arrays = {name: archive[name] for name in archive.files}
        step = int(arrays.pop(STEP))
    except (ValueError, OSError, EOFError, KeyError, AttributeError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path} cannot be read: {error}") from error
    arrays.pop(ACCURACY, None)
    return arrays, step
