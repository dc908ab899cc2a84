"""You took every name with `step-` and digits in it for a checkpoint; the whole name must match:
re.fullmatch.
"""


def checkpoints_in(directory):
    if not os.path.isdir(directory):
        return {}
    matches = [re.search(r"step-(\d+)", name) for name in os.listdir(directory)]
    return {int(match[1]): os.path.join(directory, match.string) for match in matches if match}
