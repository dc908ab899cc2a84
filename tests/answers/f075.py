def latest(directory):
    return max(checkpoints_in(directory).values(), default=None)
