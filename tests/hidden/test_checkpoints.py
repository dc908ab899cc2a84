"""The hidden suite of `checkpoints`.

It works out the paths itself and hands on the paths that the submission returns, so that these may be of any type.
"""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autograder import bad_input, expect_values, points, proves, same
from tests.oracles import checkpoints as oracle
from tests.strategies import seeds

DTYPES = ["float32", "float64", "float16", "int32", "int64", "uint8", "bool"]
# File systems are slow; the domain is small.
few = settings(max_examples=15)
# One of them is the name of an argument of `np.savez`.
names = st.sampled_from(["weights", "conv1/kernel", "conv1/bias", "a b", "fc.0:x", "file"])


def network(scale=1.0):
    """Some kilobytes of weights."""
    rng = np.random.default_rng(3)
    return {
        "conv1/kernel": (scale * rng.standard_normal((5, 5, 3, 16))).astype(np.float32),
        "fc/kernel": scale * rng.standard_normal((40, 25)),
        "fc/bias": np.full(25, scale, np.float32),
    }


def exactly(answer, variables, step):
    """Check names, dtypes, shapes and values, and the step."""
    restored, restored_step = expect_values(answer, 2)
    assert restored == same(variables)
    assert {name: str(array.dtype) for name, array in restored.items()} == same(
        {name: str(array.dtype) for name, array in variables.items()}
    )
    assert restored_step == same(step)


def elsewhere(workspace, path):
    """Copy a checkpoint to another folder and name: what is restored then comes from the file alone."""
    copy = f"{workspace.new_folder()}/copy.npz"
    workspace.write(copy, workspace.read(path))
    return copy


@proves("save")
@few
@given(size=st.integers(3, 9), step=st.integers(0, 10**7))
def test_the_file_holds_what_was_saved(checkpoints, workspace, size, step):
    """step-<step>.npz holds an array under its name: numbers in float64."""
    folder, numbers = workspace.new_folder(), np.random.default_rng(step).normal(size=size)
    checkpoints.save(folder, {"weights": numbers}, step)
    assert oracle.arrays_in(workspace.read(f"{folder}/step-{step}.npz"))["weights"] == same(numbers)


@proves("restore")
@few
@given(size=st.integers(3, 9), step=st.integers(0, 10**7))
def test_what_numpy_has_written_is_restored(checkpoints, workspace, size, step):
    """An .npz with an array and `__step__` is a checkpoint, also if NumPy has written it."""
    path, numbers = f"{workspace.new_folder()}/any.npz", np.random.default_rng(step).normal(size=size)
    workspace.write(path, oracle.file_of({"weights": numbers, "__step__": np.array(step)}))
    exactly(checkpoints.restore(path), {"weights": numbers}, step)


@proves("save", "restore")
@points(2)
@few
@given(
    shapes=st.dictionaries(names, st.lists(st.integers(0, 3), max_size=4).map(tuple), min_size=1, max_size=4),
    dtype=st.sampled_from(DTYPES),
    step=st.integers(0, 10**7),
)
# The names that are easy to lose.
@example(shapes={"file": (2, 1), "conv1/kernel": (), "conv1/bias": (0, 3)}, dtype="float32", step=1)
def test_what_was_saved_comes_back(checkpoints, workspace, shapes, dtype, step):
    """Names, dtypes, shapes, values and step are those that were saved, whatever they are."""
    variables = {name: np.arange(np.prod(shape), dtype=int).reshape(shape) for name, shape in shapes.items()}
    variables = {name: array.astype(dtype) for name, array in variables.items()}
    folder = workspace.new_folder()
    checkpoints.save(folder, variables, step)
    path = f"{folder}/step-{step}.npz"
    arrays = oracle.arrays_in(workspace.read(path))
    assert {name: arrays[name] for name in variables if name in arrays} == same(variables)
    exactly(checkpoints.restore(elsewhere(workspace, path)), variables, step)


@proves("save", "restore")
@points(2)
@few
@given(seed=seeds, dtype=st.sampled_from(["float32", "float64"]))
def test_every_bit_comes_back(checkpoints, workspace, seed, dtype):
    """Fractions from 1e-12 to 1e6, minus zero, NaN and infinity are the same bits afterwards."""
    rng = np.random.default_rng(seed)
    numbers = {
        name: rng.standard_normal(shape) * rng.choice([1e-12, -0.0, 1.0, 1e6], shape)
        for name, shape in {"conv/kernel": (3, 1, 2, 65), "fc/kernel": (300, 2), "biases": (5,)}.items()
    }
    numbers["odd"] = np.array([math.nan, math.inf, -math.inf, -0.0])
    variables = {name: array.astype(dtype) for name, array in numbers.items()}
    saved = checkpoints.save(workspace.new_folder(), variables, 10**6)
    restored, step = expect_values(checkpoints.restore(saved), 2)
    assert step == same(10**6)
    assert restored == same(variables, equal_nan=True)
    for name, array in variables.items():
        assert restored[name].tobytes() == array.tobytes(), f"the bits of {name} differ"


def test_the_file_is_an_npz(checkpoints, workspace):
    """A checkpoint is called step-<step>.npz and NumPy alone can read it; no pickle is in it."""
    folder = workspace.new_folder()
    checkpoints.save(folder, network(), 12)
    assert list(workspace.files(folder)) == same(["step-12.npz"])
    arrays = oracle.arrays_in(workspace.read(f"{folder}/step-12.npz"))
    assert {name: arrays[name] for name in network()} == same(network())


def test_arrays_are_written_to_any_path(checkpoints, workspace):
    """`write_whole` writes to the path that it is given, and makes the folder; `save` does nothing more with files."""
    folder = f"{workspace.new_folder()}/new"
    checkpoints.write_whole(f"{folder}/mine.npz", network())
    assert list(workspace.files(folder)) == same(["mine.npz"])
    assert oracle.arrays_in(workspace.read(f"{folder}/mine.npz")) == same(network())


def test_a_folder_is_made(checkpoints, workspace):
    """Saving makes the folder; looking for checkpoints in none finds none and makes nothing."""
    folder = f"{workspace.new_folder()}/runs/first"
    assert checkpoints.checkpoints_in(folder) == same({})
    assert checkpoints.latest(folder) == same(None)
    checkpoints.save(folder, network(), 5)
    assert list(checkpoints.checkpoints_in(folder)) == same([5])


@proves("checkpoints_in", "latest")
@points(2)
@few
@given(steps=st.lists(st.integers(0, 1200), min_size=1, max_size=6), keep=st.integers(1, 4))
# The largest by number is the last by name in neither, and the last written in one.
@example(steps=[9, 10], keep=2)
@example(steps=[10, 9], keep=2)
def test_the_oldest_are_dropped(checkpoints, workspace, steps, keep):
    """After each save the `keep` largest steps are left; the latest is the largest, by number."""
    folder = workspace.new_folder()
    left = set()
    for step in steps:
        checkpoints.save(folder, {"step": np.array(step)}, step, keep=keep)
        left = set(sorted(left | {step})[-keep:])
        assert sorted(checkpoints.checkpoints_in(folder)) == same(sorted(left))
        exactly(checkpoints.restore(checkpoints.latest(folder)), {"step": np.array(max(left))}, max(left))
    assert len(workspace.files(folder)) == same(len(left))


@proves("checkpoints_in")
def test_five_are_kept_unless_told_otherwise(checkpoints, workspace):
    """The default of `keep` is 5."""
    folder = workspace.new_folder()
    for step in range(96, 104):
        checkpoints.save(folder, {"weights": np.ones(2)}, step)
    assert sorted(checkpoints.checkpoints_in(folder)) == same([99, 100, 101, 102, 103])


def test_a_smaller_keep_drops_several(checkpoints, workspace):
    """Five are there and two are to be kept: the new one and the largest before it stay, four go."""
    folder = workspace.new_folder()
    for step in range(8, 13):
        checkpoints.save(folder, {"weights": np.full(2, step)}, step)
    checkpoints.save(folder, {"weights": np.full(2, 13)}, 13, keep=2)
    assert sorted(checkpoints.checkpoints_in(folder)) == same([12, 13])
    for step in (12, 13):
        exactly(checkpoints.restore(f"{folder}/step-{step}.npz"), {"weights": np.full(2, step)}, step)


def test_the_same_step_again(checkpoints, workspace):
    """Saving a step again takes the place of the first; other steps and other files stay."""
    folder = workspace.new_folder()
    checkpoints.save(folder, {"weights": np.zeros(2)}, 3)
    workspace.write(f"{folder}/notes.txt", b"mine")
    saved = checkpoints.save(folder, {"weights": np.ones(2)}, 3, keep=1)
    exactly(checkpoints.restore(saved), {"weights": np.ones(2)}, 3)
    assert list(workspace.files(folder)) == same(["notes.txt", "step-3.npz"])


@pytest.mark.parametrize(
    "name", ["step-99.npz.tmp", "step-99", "xstep-99.npz", "step-a.npz", "step--9.npz", "tmp99"]
)
def test_other_files_are_no_checkpoints(checkpoints, workspace, name):
    """Only a whole name of the form step-<digits>.npz is a checkpoint, and nothing else is ever removed."""
    folder = workspace.new_folder()
    workspace.write(f"{folder}/{name}", b"not ours")
    checkpoints.save(folder, {"weights": np.ones(2)}, 3, keep=1)
    assert sorted(checkpoints.checkpoints_in(folder)) == same([3])
    exactly(checkpoints.restore(checkpoints.latest(folder)), {"weights": np.ones(2)}, 3)
    assert name in workspace.files(folder), f"{name} was removed"


def unharmed(changes, before, names, fewest=0):
    """Check that a crash at any moment of these changes leaves the files `names` whole, and no other file half.

    Args:
        changes: what has happened, from `workspace.changes`.
        before: the files that were whole at first.
        names: of these files, those that no crash may cost.
        fewest: so many files must be whole at each moment.
    """
    whole = set(before)
    for happened, name in changes:
        whole = whole | {name} if happened == "arrived" else whole - {name}
        assert happened not in ("created", "written"), (
            f"{name} was {happened} in place: a crash in the middle leaves a half of it"
        )
        assert names <= whole, f"{name} was {happened} too early: a crash in the middle costs it"
        assert len(whole) >= fewest, (
            f"{name} was {happened} too early: a crash before the new one is there leaves only {len(whole)}"
        )


@points(4)
@pytest.mark.parametrize("step", [2, 1])
def test_a_crash_in_the_middle_costs_nothing(checkpoints, workspace, step):
    """While step 2 is written, or step 1 again, no file is half at any moment, and step 1 is there."""
    folder = workspace.new_folder()
    checkpoints.save(folder, network(), 1)
    workspace.watch(folder)
    saved = checkpoints.save(folder, network(scale=9), step)
    unharmed(workspace.changes(), {"step-1.npz"}, {"step-1.npz"})
    exactly(checkpoints.restore(saved), network(scale=9), step)


@points(2)
@pytest.mark.parametrize("keep", [1, 3])
def test_a_crash_in_the_middle_leaves_as_many_as_before(checkpoints, workspace, keep):
    """The oldest is removed only when the new one is whole: at each moment there are `keep`."""
    folder = workspace.new_folder()
    before = range(8, 8 + keep)
    for step in before:
        checkpoints.save(folder, network(), step, keep=keep)
    workspace.watch(folder)
    saved = checkpoints.save(folder, network(scale=9), 12, keep=keep)
    unharmed(workspace.changes(), {f"step-{step}.npz" for step in before}, set(), fewest=keep)
    exactly(checkpoints.restore(saved), network(scale=9), 12)
    assert sorted(checkpoints.checkpoints_in(folder)) == same([*before, 12][-keep:])


@points(3)
def test_a_crash_never_costs_the_best(checkpoints, workspace):
    """While a better one is written, the former best is whole, with its accuracy in the same file."""
    folder = workspace.new_folder()
    checkpoints.keep_best(folder, network(), 1, 0.5)
    workspace.watch(folder)
    assert checkpoints.keep_best(folder, network(9), 2, 0.9) == same(True)
    unharmed(workspace.changes(), {"best.npz"}, {"best.npz"})
    exactly(checkpoints.restore(f"{folder}/best.npz"), network(9), 2)
    assert list(workspace.files(folder)) == same(["best.npz"])


@proves("restore_into")
def test_restoring_into_the_same_network(checkpoints, workspace):
    """Equal names and shapes, in whatever order: the checkpoint's values, in a new dictionary."""
    folder = workspace.new_folder()
    checkpoints.save(folder, network(), 1)
    mine = {name: array * 0 for name, array in reversed(network().items())}
    restored = checkpoints.restore_into(mine, elsewhere(workspace, f"{folder}/step-1.npz"))
    exactly((restored, 1), network(), 1)


@proves("keep_best")
@few
@given(percents=st.lists(st.integers(1, 99), min_size=4, max_size=8, unique=True))
def test_the_best_of_different_accuracies_is_kept(checkpoints, workspace, percents):
    """Kept if greater than all before; here no accuracy occurs twice, and each is a number."""
    folder = workspace.new_folder()
    for step, percent in enumerate(percents):
        kept = checkpoints.keep_best(folder, {"step": np.array(step)}, step, percent / 100)
        assert kept == same(percent == max(percents[: step + 1]))


@proves("keep_best")
@points(2)
@few
@given(accuracies=st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.7, 1.0, math.nan]), min_size=1, max_size=6))
@example(accuracies=[math.nan, 0.7, 0.7, math.nan, 0.0])
def test_the_best_so_far_is_kept(checkpoints, workspace, accuracies):
    """Kept if greater than all before; equal is no better, NaN never is; the variables are that step's."""
    folder = workspace.new_folder()
    best = -math.inf
    for step, accuracy in enumerate(accuracies):
        better = accuracy > best
        assert checkpoints.keep_best(folder, {"step": np.array(step)}, step, accuracy) == same(better)
        if better:
            best, best_step = accuracy, step
        if best > -math.inf:
            exactly(checkpoints.restore(f"{folder}/best.npz"), {"step": np.array(best_step)}, best_step)


def test_the_best_is_known_after_a_restart(checkpoints, workspace):
    """The accuracy to beat stands in best.npz: it holds wherever the file is brought, memory or none."""
    folder, elsewhere = workspace.new_folder(), workspace.new_folder()
    checkpoints.keep_best(folder, network(), 1, 0.5)
    workspace.write(f"{elsewhere}/best.npz", workspace.read(f"{folder}/best.npz"))
    assert checkpoints.keep_best(elsewhere, network(2), 2, 0.4) == same(False)
    exactly(checkpoints.restore(f"{elsewhere}/best.npz"), network(), 1)
    assert checkpoints.keep_best(elsewhere, network(3), 3, 0.6) == same(True)


@pytest.mark.parametrize("gain", [1 / 5000, 1e-12])
def test_a_slightly_better_one_is_kept(checkpoints, workspace, gain):
    """One more of 5,000 images right is better, and one fewer is not: accuracies are not rounded."""
    folder = workspace.new_folder()
    kept = [
        checkpoints.keep_best(folder, {"weights": np.ones(2)}, step, accuracy)
        for step, accuracy in enumerate((0.9886, 0.9886 + gain, 0.9886))
    ]
    assert kept == same([True, True, False])


def test_the_best_is_no_step_of_the_series(checkpoints, workspace):
    """best.npz is neither the latest checkpoint nor ever dropped as an old one."""
    folder = workspace.new_folder()
    checkpoints.keep_best(folder, network(), 999, 0.5)
    for step in (1, 2):
        checkpoints.save(folder, {"weights": np.ones(2)}, step, keep=1)
    exactly(checkpoints.restore(checkpoints.latest(folder)), {"weights": np.ones(2)}, 2)
    assert list(workspace.files(folder)) == same(["best.npz", "step-2.npz"])


def test_a_damaged_file_is_named(checkpoints, workspace):
    """A file that is no whole checkpoint, or holds a pickle, is a ValueError with its path."""
    folder = workspace.new_folder()
    checkpoints.save(folder, network(), 1)
    path = f"{folder}/step-1.npz"
    content = workspace.read(path)
    for damaged in (
        content[:-200],
        b"",
        bytes(range(256)) * 4,
        oracle.file_of({"weights": np.ones(2)}),  # no step
        oracle.file_of({**oracle.arrays_in(content), "fc/bias": np.array([{}])}),  # a pickle
    ):
        workspace.write(path, damaged)
        for restore in (checkpoints.restore, lambda path: checkpoints.restore_into(network(), path)):
            with bad_input("npz", path):
                restore(path)


def test_another_network_is_told_all_that_differs(checkpoints, workspace):
    """Every name that only one has, every shape that differs, in one message; nothing is restored."""
    saved = checkpoints.save(workspace.new_folder(), {"a": np.ones(2), "b": np.ones((1, 3))}, 1)
    for wanted, told in (
        ({"a": (2,), "b": (3, 1)}, ["b", "(1, 3)", "(3, 1)"]),
        ({"a": (2,)}, ["b"]),
        ({"a": (2,), "b": (1, 3), "more": (1,), "most": ()}, ["more", "most"]),
        ({"first": (2,), "b": (3,)}, ["first", "a", "b", "(1, 3)", "(3,)"]),
    ):
        for text in told:
            with bad_input(text, text):
                checkpoints.restore_into({name: np.zeros(shape) for name, shape in wanted.items()}, saved)
    # Neither a smaller nor a larger one fits.
    for shape in [(1, 2), (1, 4), (2, 3), (3,), (3, 1), (1, 3, 1)]:
        with bad_input("b", shape):
            checkpoints.restore_into({"a": np.zeros(2), "b": np.zeros(shape)}, saved)


def test_wrong_arguments_are_refused(checkpoints, workspace):
    """A step below 0 or a `keep` below 1 is a ValueError; a path at which nothing is, a FileNotFoundError."""
    folder = workspace.new_folder()
    for argument, value in (("step", -1), ("keep", 0), ("keep", -2)):
        with bad_input(argument, value):
            checkpoints.save(folder, {"weights": np.ones(2)}, **{"step": 1, argument: value})
    for restore in (checkpoints.restore, lambda path: checkpoints.restore_into(network(), path)):
        with bad_input(error=FileNotFoundError):
            restore(f"{folder}/step-7.npz")
