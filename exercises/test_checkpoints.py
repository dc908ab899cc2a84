"""The public suite of `checkpoints`: small arrays in a folder that is thrown away afterwards."""

import io
import math
from contextlib import suppress

import numpy as np

from autograder import bad_input, points, same

NETWORK = {
    "conv1/kernel": np.arange(6, dtype=np.float32).reshape(1, 2, 3),
    "conv1/bias": np.array([0.5, -1e-12], dtype=np.float64),
    "logits/scale": np.array(7),
}
# Rows of different lengths are no array: the second variable cannot be written, as if the machine stopped there.
BROKEN = {"conv1/kernel": np.ones(2), "conv1/bias": [[1.0], [2.0, 3.0]]}


@points(2)
def test_what_was_saved_comes_back(checkpoints, workspace):
    """Names (with a slash), shapes, values and the step are those that were saved."""
    path = checkpoints.save(workspace.new_folder(), NETWORK, 100)
    assert checkpoints.restore(path) == same((NETWORK, 100))


def test_any_name_will_do(checkpoints, workspace):
    """A variable may be called `file`, like an argument of `np.savez`."""
    path = checkpoints.save(workspace.new_folder(), {"file": np.array(7)}, 100)
    assert checkpoints.restore(path) == same(({"file": np.array(7)}, 100))


def test_step_0_is_a_step(checkpoints, workspace):
    """What was drawn at the beginning can be saved too."""
    path = checkpoints.save(workspace.new_folder(), NETWORK, 0)
    assert checkpoints.restore(path) == same((NETWORK, 0))


def test_dtypes_stay(checkpoints, workspace):
    """float32 comes back as float32: twice the size would be twice the disk."""
    path = checkpoints.save(workspace.new_folder(), NETWORK, 100)
    restored, _ = checkpoints.restore(path)
    for answer in (restored, checkpoints.restore_into(NETWORK, path)):
        dtypes = {name: str(array.dtype) for name, array in answer.items()}
        assert dtypes == same({name: str(array.dtype) for name, array in NETWORK.items()})


def test_the_file_is_an_npz(checkpoints, workspace):
    """Step 100 is in step-100.npz, in folders that are made for it, and NumPy can read it."""
    folder = f"{workspace.new_folder()}/runs/first"
    checkpoints.save(folder, NETWORK, 100)
    assert list(workspace.files(folder)) == same(["step-100.npz"])
    with np.load(io.BytesIO(workspace.read(f"{folder}/step-100.npz"))) as archive:
        assert {name: archive[name] for name in NETWORK} == same(NETWORK)


@points(2)
def test_the_latest_is_the_largest_step(checkpoints, workspace):
    """10 is later than 9, though "step-9" comes after "step-10" in the alphabet, and is written last here."""
    folder = workspace.new_folder()
    assert checkpoints.latest(folder) == same(None)
    for step in (10, 9):
        checkpoints.save(folder, NETWORK, step)
    assert checkpoints.restore(checkpoints.latest(folder)) == same((NETWORK, 10))


def test_the_oldest_are_dropped(checkpoints, workspace):
    """Of 1, 8, 9 and 10 the largest three stay: 8, 9, 10. Then 11 comes and one is to stay: 11."""
    folder = workspace.new_folder()
    for step in (1, 8, 9, 10):
        checkpoints.save(folder, NETWORK, step, keep=3)
    assert sorted(checkpoints.checkpoints_in(folder)) == same([8, 9, 10])
    checkpoints.save(folder, NETWORK, 11, keep=1)
    assert sorted(checkpoints.checkpoints_in(folder)) == same([11])


def test_a_crash_costs_nothing(checkpoints, workspace):
    """Step 7 is saved again, and that fails halfway: the former step 7 stays whole until the new one is complete."""
    folder = workspace.new_folder()
    whole = workspace.read(checkpoints.save(folder, NETWORK, 7))
    with suppress(ValueError):
        checkpoints.save(folder, BROKEN, 7)
    assert workspace.read(f"{folder}/step-7.npz") == whole, (
        "step-7.npz is no longer what it was before the crash"
    )


def test_the_oldest_goes_after_the_newest_is_there(checkpoints, workspace):
    """One is kept. Step 8 fails halfway: step 7 is still the latest, not removed before step 8 was there."""
    folder = workspace.new_folder()
    checkpoints.save(folder, NETWORK, 7, keep=1)
    with suppress(ValueError):
        checkpoints.save(folder, BROKEN, 8, keep=1)
    assert "step-7.npz" in workspace.files(folder), "step-7.npz was removed before step 8 was complete"
    assert checkpoints.restore(checkpoints.latest(folder)) == same((NETWORK, 7))


def test_other_files_are_no_checkpoints(checkpoints, workspace):
    """A file that is being written, or one of somebody else's, is not the latest checkpoint."""
    folder = workspace.new_folder()
    checkpoints.save(folder, NETWORK, 3)
    workspace.write(f"{folder}/step-99.npz.tmp", b"half of a file")
    workspace.write(f"{folder}/my-step-98.npz", b"something else")
    assert checkpoints.restore(checkpoints.latest(folder)) == same((NETWORK, 3))


def test_another_network_is_refused(checkpoints, workspace):
    """The message names every variable that is missing, too many, or of another shape, with both shapes."""
    path = checkpoints.save(workspace.new_folder(), {"a": np.ones(2), "b": np.ones((1, 3))}, 1)
    assert checkpoints.restore_into({"a": np.zeros(2), "b": np.zeros((1, 3))}, path) == same(
        {"a": np.ones(2), "b": np.ones((1, 3))}
    )
    for shape in ((1, 4), (3, 1)):
        with bad_input("b", shape):
            checkpoints.restore_into({"a": np.zeros(2), "b": np.zeros(shape)}, path)
    with bad_input("b", (1, 3)):
        checkpoints.restore_into({"a": np.zeros(2), "b": np.zeros((3, 1))}, path)
    with bad_input("other", "b"):
        checkpoints.restore_into({"a": np.zeros(2), "other": np.zeros((1, 3))}, path)
    with bad_input("b", "b"):
        checkpoints.restore_into({"a": np.zeros(2)}, path)


def test_the_best_is_kept(checkpoints, workspace):
    """0.7 is the best so far; 0.4 is not better, nor is 0.7 again, nor NaN; 0.7002, one more image of 5,000, is."""
    folder = workspace.new_folder()
    accuracies = (math.nan, 0.7, 0.4, 0.7, math.nan, 0.7002)
    kept = [
        checkpoints.keep_best(folder, {"step": np.array(step)}, step, accuracy)
        for step, accuracy in enumerate(accuracies)
    ]
    assert kept == same([False, True, False, False, False, True])
    assert checkpoints.restore(f"{folder}/best.npz") == same(({"step": np.array(5)}, 5))


def test_the_best_is_known_after_a_restart(checkpoints, workspace):
    """best.npz is brought to another folder: there too 0.4 is not better than 0.5."""
    first, second = workspace.new_folder(), workspace.new_folder()
    checkpoints.keep_best(first, NETWORK, 1, 0.5)
    workspace.write(f"{second}/best.npz", workspace.read(f"{first}/best.npz"))
    assert checkpoints.keep_best(second, NETWORK, 2, 0.4) == same(False)


def test_a_damaged_file_is_named(checkpoints, workspace):
    """Half a file is no checkpoint, nor is one without a step or with a pickle: ValueError with its path."""
    path = f"{workspace.new_folder()}/step-1.npz"
    stepless, pickled = io.BytesIO(), io.BytesIO()
    np.savez(stepless, weights=np.ones(2))
    np.savez(pickled, weights=np.array([{}]), __step__=np.array(1))
    for content in (stepless.getvalue()[:100], stepless.getvalue(), pickled.getvalue()):
        workspace.write(path, content)
        with bad_input("npz", path):
            checkpoints.restore(path)


def test_wrong_arguments_are_named(checkpoints, workspace):
    """A negative step, or keeping none, is a ValueError that names it; where no file is, a FileNotFoundError."""
    folder = workspace.new_folder()
    with bad_input("step", -1):
        checkpoints.save(folder, NETWORK, -1)
    with bad_input("keep", 0):
        checkpoints.save(folder, NETWORK, 1, keep=0)
    with bad_input(error=FileNotFoundError):
        checkpoints.restore(f"{folder}/step-2.npz")
