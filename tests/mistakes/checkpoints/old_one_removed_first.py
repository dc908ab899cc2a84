"""You removed the former file before the new one was complete; os.replace takes its place in one step."""

_reference = write_whole


def write_whole(path, arrays):
    if os.path.exists(path):
        os.unlink(path)
    _reference(path, arrays)
