"""You copied the complete file to its name, and a crash in the middle of that leaves a half; rename it:
os.replace.
"""

import shutil


def write_whole(path, arrays):
    folder = Path(path).parent
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=folder, suffix=".tmp")
    with open(descriptor, "wb") as file:
        write_arrays(file, arrays)
    shutil.copyfile(temporary, path)
    os.unlink(temporary)
