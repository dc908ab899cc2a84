def latest(directory: str) -> str | None:
    newest, newest_time = None, None
    for _, path in sorted(checkpoints_in(directory).items()):
        written = os.stat(path).st_mtime_ns
        if newest is None or written >= newest_time:
            newest, newest_time = path, written
    return newest
