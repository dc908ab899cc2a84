"""Writes the archive by zipfile, array by array, into a hidden file; returns pathlib's paths."""

import os
import zipfile
from pathlib import Path

import numpy as np


def write_whole(path, arrays):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    hidden = path.with_name(f".{path.name}.{os.getpid()}")
    with zipfile.ZipFile(hidden, "w") as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w") as file:
                np.lib.format.write_array(file, np.asanyarray(array), allow_pickle=False)
    hidden.replace(path)


def checkpoints_in(directory):
    found = {}
    for path in Path(directory).glob("step-*.npz"):
        digits = path.stem[len("step-") :]
        if digits.isdecimal():
            found[int(digits)] = path
    return found


def save(directory, variables, step, keep=5):
    for name, value, least in (("step", step, 0), ("keep", keep, 1)):
        if value < least:
            raise ValueError(f"{name} is {value}, less than {least}")
    path = Path(directory, f"step-{step}.npz")
    write_whole(path, variables | {STEP: np.int64(step)})
    old = sorted(checkpoints_in(directory).items(), reverse=True)[keep:]
    for _, one in old:
        one.unlink()
    return path


def latest(directory):
    ordered = sorted(checkpoints_in(directory).items())
    return ordered[-1][1] if ordered else None
