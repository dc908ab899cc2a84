"""You read the file with allow_pickle=True, and a pickle can run a stranger's code; read it with read_whole."""


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
