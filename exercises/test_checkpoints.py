"""The public suite of `checkpoints`: small arrays in a folder that is thrown away afterwards."""

import numpy as np

from autograder import bad_input, points, same

NETWORK = {
    "conv1/weights": np.arange(6, dtype=np.float32).reshape(1, 2, 3),
    "conv1/biases": np.array([0.5, -0.5], dtype=np.float64),
    "iteration": np.array(7),
}


@points(2)
def test_what_was_saved_comes_back(checkpoints, workspace):
    """Names (with a slash in them), shapes, dtypes, values and the step are those that were saved."""
    path = checkpoints.save(workspace.new_folder(), NETWORK, 100)
    assert checkpoints.restore(path) == same((NETWORK, 100))


def test_dtypes_stay(checkpoints, workspace):
    """float32 comes back as float32: twice the size would be twice the disk."""
    path = checkpoints.save(workspace.new_folder(), NETWORK, 100)
    restored, _ = checkpoints.restore(path)
    assert restored["conv1/weights"].dtype == np.float32, (
        f"float32 came back as {restored['conv1/weights'].dtype}"
    )


@points(2)
def test_the_latest_is_the_largest_step(checkpoints, workspace):
    """Step 10 is later than step 9, though "step-9" comes after "step-10" in the order of names."""
    folder = workspace.new_folder()
    assert checkpoints.latest(folder) == same(None)
    for step in (9, 10):
        checkpoints.save(folder, NETWORK, step)
    assert checkpoints.restore(checkpoints.latest(folder)) == same((NETWORK, 10))


def test_the_oldest_are_dropped(checkpoints, workspace):
    """Four saved, two kept: steps 9 and 10 stay, 1 and 8 go."""
    folder = workspace.new_folder()
    for step in (1, 8, 9, 10):
        checkpoints.save(folder, NETWORK, step, keep=2)
    assert sorted(checkpoints.checkpoints_in(folder)) == same([9, 10])


def test_other_files_are_no_checkpoints(checkpoints, workspace):
    """A file that is being written, or one of somebody else's, is not the latest checkpoint."""
    folder = workspace.new_folder()
    path = checkpoints.save(folder, NETWORK, 3)
    workspace.write(f"{folder}/step-99.npz.tmp", b"half of a file")
    workspace.write(f"{folder}/my-step-98.npz", b"something else")
    assert checkpoints.latest(folder) == same(path)


def test_another_network_is_refused(checkpoints, workspace):
    """The message names every variable that is missing, too many, or of another shape."""
    path = checkpoints.save(workspace.new_folder(), {"a": np.ones(2), "b": np.ones(3)}, 1)
    assert checkpoints.restore_into({"a": np.zeros(2), "b": np.zeros(3)}, path) == same(
        {"a": np.ones(2), "b": np.ones(3)}
    )
    with bad_input("b", (4,)):
        checkpoints.restore_into({"a": np.zeros(2), "b": np.zeros(4)}, path)
    with bad_input("other", "b"):
        checkpoints.restore_into({"a": np.zeros(2), "other": np.zeros(3)}, path)


def test_the_best_is_kept(checkpoints, workspace):
    """0.5 is the best so far, 0.4 is not better, nor is 0.5 again, 0.6 is."""
    folder = workspace.new_folder()
    kept = [checkpoints.keep_best(folder, NETWORK, 1, accuracy) for accuracy in (0.5, 0.4, 0.5, 0.6)]
    assert kept == same([True, False, False, True])


def test_a_damaged_file_is_named(checkpoints, workspace):
    """Half a file is no checkpoint: ValueError with its path."""
    path = checkpoints.save(workspace.new_folder(), NETWORK, 1)
    workspace.write(path, workspace.read(path)[:100])
    with bad_input("npz", path):
        checkpoints.restore(path)


def test_wrong_arguments_are_named(checkpoints, workspace):
    """A negative step, or keeping none, is a ValueError that names it."""
    with bad_input("step", -1):
        checkpoints.save(workspace.new_folder(), NETWORK, -1)
    with bad_input("keep", 0):
        checkpoints.save(workspace.new_folder(), NETWORK, 1, keep=0)
