import glob


def latest(directory):
    files = glob.glob(os.path.join(directory, "step-*.npz"))
    files = [file for file in files if os.path.basename(file)[5:-4].isdecimal()]
    return max(files) if files else None
