def checkpoints_in(directory):
    if not os.path.isdir(directory):
        return {}
    found = {}
    for name in sorted(os.listdir(directory)):
        match = re.match(r"step-([0-9]+)\.npz", name)
        if match:
            found[int(match.group(1))] = os.path.join(directory, name)
    return found
