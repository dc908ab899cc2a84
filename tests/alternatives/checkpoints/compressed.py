"""Compresses the archive, in memory first; one function finds all that differs."""

import io
import os
import zipfile
from pathlib import Path

import numpy as np


def write_whole(path, arrays):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        for name, array in arrays.items():
            packed = io.BytesIO()
            np.save(packed, array, allow_pickle=False)
            archive.writestr(name + ".npy", packed.getvalue())
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    unfinished = f"{path}.unfinished"
    Path(unfinished).write_bytes(buffer.getvalue())
    os.replace(unfinished, path)


def save(directory, variables, step, keep=5):
    if not step >= 0:
        raise ValueError(f"a step of {step}")
    if not keep > 0:
        raise ValueError(f"keep = {keep}")
    path = f"{directory}/step-{step:d}.npz"
    write_whole(path, dict(variables, **{STEP: np.array([step])}))
    while len(checkpoints_in(directory)) > keep:
        saved = checkpoints_in(directory)
        Path(saved[min(saved)]).unlink()
    return path


def restore(path):
    arrays = read_whole(path)
    try:
        (step,) = np.ravel(arrays[STEP])
    except KeyError:
        raise ValueError(f"{path}: no step") from None
    return {name: array for name, array in arrays.items() if name not in (STEP, ACCURACY)}, step


def restore_into(variables, path):
    restored, _ = restore(path)
    here = {name: array.shape for name, array in variables.items()}
    there = {name: array.shape for name, array in restored.items()}
    if here != there:
        pairs = [f"{name} {here.get(name)} {there.get(name)}" for name in {**here, **there}]
        raise ValueError("; ".join(pairs))
    return {name: restored[name] for name in variables}
