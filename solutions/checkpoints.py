"""Checkpoints: keep what was learned, so that neither a crash nor a worse tomorrow takes it away.

A network is its variables: arrays with names. A *checkpoint* is a file that holds them all, and the step at
which they were saved. What can go wrong is what makes it worth an exercise:

* the machine stops in the middle of writing. So a checkpoint is written under another name first and renamed
  when it is complete: renaming (`os.replace`) happens whole or not at all, and the former file is there until
  then;
* checkpoint 9 comes after checkpoint 10 in the order of names. So steps are compared as numbers;
* a checkpoint meets another network. So names and shapes are compared before anything is used.

Here a checkpoint is one `.npz` file, NumPy's archive of arrays, called `step-<step>.npz`; the best one is
`best.npz`. An `.npz` holds an array for each name, `conv1/kernel` included. It is read with
`allow_pickle=False`, as every file should be that comes from somewhere else: a pickle can run code.

Picture: docs/pictures/checkpoints.svg
Sources: https://numpy.org/doc/stable/reference/generated/numpy.savez.html,
https://docs.python.org/3/library/os.html#os.replace
"""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from pathlib import Path
from typing import BinaryIO

import numpy as np
from jaxtyping import Shaped

Variables = dict[str, Shaped[np.ndarray, "..."]]

# Given: the names under which the step and the accuracy stand beside the variables in a file.
STEP = "__step__"
ACCURACY = "__accuracy__"


def write_arrays(file: BinaryIO, arrays: Variables) -> None:
    """Given: write the arrays to an open file, as an `.npz` archive.

    Not `np.savez(file, **arrays)`: a variable may be named `file` too, as its own argument is.
    """
    with zipfile.ZipFile(file, "w") as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, np.asanyarray(array), allow_pickle=False)


def write_whole(path: str, arrays: Variables) -> None:
    """Write the arrays to the `.npz` file `path`: whole, or not at all.

    Whatever happens in the middle, even if the process is killed, the file that was there before stays as
    it was. The folder is made if it is not there. `write_arrays`, which is given, writes the archive.

    Args:
        path: ends in `.npz`.
        arrays: by name. A name may contain "/", and it may be "file".
    """
    ### BEGIN SOLUTION
    folder = Path(path).parent
    folder.mkdir(parents=True, exist_ok=True)
    # In the same folder, because a file cannot be renamed from one disk to another.
    descriptor, temporary = tempfile.mkstemp(dir=folder, suffix=".tmp")
    try:
        with open(descriptor, "wb") as file:
            write_arrays(file, arrays)
            file.flush()
            # Renaming may reach the disk before the contents do, unless those are sent there first.
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    ### END SOLUTION


def read_whole(path: str) -> Variables:
    """Given: return the arrays in the `.npz` file `path`, by name.

    Raises:
        FileNotFoundError: where there is no such file.
        ValueError: where it is no complete `.npz` file; the message names the path.
    """
    if not os.path.exists(path):
        raise FileNotFoundError(f"no checkpoint {path}")
    try:
        with np.load(path, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except (ValueError, OSError, EOFError, KeyError, zipfile.BadZipFile) as error:
        raise ValueError(f"{path} is no checkpoint that can be read: {error}") from error


def save(directory: str, variables: Variables, step: int, keep: int = 5) -> str:
    """Save the variables at a step, and return the path of the checkpoint.

    It is written by `write_whole`, so that a crash never costs a former one. The same step saved again
    takes the place of the first. Then the oldest checkpoints, those with the smallest steps, are removed
    until `keep` are left. Other files in the folder are left alone, `best.npz` among them.

    Args:
        directory: made if it is not there.
        variables: by name. They come back with the same dtypes and shapes.
        step: at least 0.
        keep: how many checkpoints stay, at least 1.

    Raises:
        ValueError: for a negative step or a `keep` below 1; the message names the argument and its value.

    >>> with tempfile.TemporaryDirectory() as directory:
    ...     os.path.basename(save(directory, {"weights": np.ones(3)}, step=100))
    'step-100.npz'
    """
    ### BEGIN SOLUTION
    if step < 0:
        raise ValueError(f"step must not be negative, not {step}")
    if keep < 1:
        raise ValueError(f"keep must be at least 1, not {keep}")
    path = os.path.join(directory, f"step-{step}.npz")
    write_whole(path, {**variables, STEP: np.asarray(step)})
    saved = checkpoints_in(directory)
    for old in sorted(saved)[:-keep]:
        os.unlink(saved[old])
    return path
    ### END SOLUTION


def checkpoints_in(directory: str) -> dict[int, str]:
    """Return the paths of the checkpoints in a folder, by step; none where there is no such folder.

    A checkpoint is a file whose whole name is `step-<digits>.npz`. What is called otherwise, a file that is
    being written or one of somebody else's, is none.

    >>> with tempfile.TemporaryDirectory() as directory:
    ...     for step in (9, 10):
    ...         _ = save(directory, {"weights": np.ones(3)}, step)
    ...     sorted(checkpoints_in(directory))
    [9, 10]
    """
    ### BEGIN SOLUTION
    if not os.path.isdir(directory):
        return {}
    matches = [re.fullmatch(r"step-(\d+)\.npz", name) for name in os.listdir(directory)]
    return {int(match[1]): os.path.join(directory, match[0]) for match in matches if match}
    ### END SOLUTION


def latest(directory: str) -> str | None:
    """Return the path of the checkpoint with the largest step, None where there is none.

    Steps are numbers: 10 is later than 9.

    >>> with tempfile.TemporaryDirectory() as directory:
    ...     for step in (9, 10):
    ...         _ = save(directory, {"weights": np.ones(3)}, step)
    ...     os.path.basename(latest(directory))
    'step-10.npz'
    """
    ### BEGIN SOLUTION
    saved = checkpoints_in(directory)
    return saved[max(saved)] if saved else None
    ### END SOLUTION


def restore(path: str) -> tuple[Variables, int]:
    """Return the variables in a checkpoint, by name, and the step at which they were saved.

    Names, dtypes, shapes and values are those that were saved; the step is no variable.

    Raises:
        FileNotFoundError: where there is no such file.
        ValueError: where it cannot be read as a checkpoint; the message names the path.

    >>> with tempfile.TemporaryDirectory() as directory:
    ...     restore(save(directory, {"biases": np.zeros(2, np.float32)}, step=7))
    ({'biases': array([0., 0.], dtype=float32)}, 7)
    """
    ### BEGIN SOLUTION
    arrays = read_whole(path)
    if STEP not in arrays:
        raise ValueError(f"{path} is no checkpoint: it has no step")
    step = int(arrays.pop(STEP))
    arrays.pop(ACCURACY, None)
    return arrays, step
    ### END SOLUTION


def restore_into(variables: Variables, path: str) -> Variables:
    """Return the checkpoint's variables for a network that has `variables`, after a comparison.

    Every name must be in both, with the same shape. If not, nothing is restored at all: a network of which
    one half has been restored is worse than none.

    Args:
        variables: of the network, by name. Not changed.
        path: of a checkpoint.

    Returns:
        A new dictionary with the checkpoint's arrays.

    Raises:
        FileNotFoundError, ValueError: as `restore`.
        ValueError: where names or shapes differ. The message holds the name of *every* variable that is in
            one of the two only or has another shape, and for the latter both shapes.

    >>> with tempfile.TemporaryDirectory() as directory:
    ...     path = save(directory, {"weights": np.ones((2, 3))}, step=7)
    ...     restore_into({"weights": np.zeros((2, 3))}, path)
    {'weights': array([[1., 1., 1.],
           [1., 1., 1.]])}
    """
    ### BEGIN SOLUTION
    restored, _ = restore(path)
    problems = [f"{name} is not in the checkpoint" for name in variables if name not in restored]
    problems += [f"{name} is not in the network" for name in restored if name not in variables]
    problems += [
        f"{name} has shape {restored[name].shape} in the checkpoint, {variables[name].shape} in the network"
        for name in variables
        if name in restored and restored[name].shape != variables[name].shape
    ]
    if problems:
        raise ValueError(f"{path} is of another network: {'; '.join(problems)}")
    return restored
    ### END SOLUTION


def keep_best(directory: str, variables: Variables, step: int, accuracy: float) -> bool:
    """Save the variables as `best.npz`, if their accuracy is greater than that of the best so far.

    What the best accuracy is stands in the file itself, under `ACCURACY`, so that it is still known after a
    restart. Equal is no better, and NaN never is.

    Returns:
        Whether they were saved.

    >>> with tempfile.TemporaryDirectory() as directory:
    ...     [keep_best(directory, {"weights": np.ones(3)}, 1, accuracy) for accuracy in (0.5, 0.4, 0.6)]
    [True, False, True]
    """
    ### BEGIN SOLUTION
    path = os.path.join(directory, "best.npz")
    best = float(read_whole(path)[ACCURACY]) if os.path.exists(path) else -np.inf
    # A comparison with NaN is False, so NaN is never better.
    if not accuracy > best:
        return False
    write_whole(path, {**variables, STEP: np.asarray(step), ACCURACY: np.asarray(accuracy)})
    return True
    ### END SOLUTION
