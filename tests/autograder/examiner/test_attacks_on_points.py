"""Attacks on the points of exercises other than padding: what computes nothing, or hides what it does, gains nothing.

Each file of `tests/attacks` that is not called padding.py stands below the reference of its exercise.
"""

from __future__ import annotations

import pytest

from autograder.course import read_course
from autograder.examiner.pool import ExaminerPool
from autograder.examiner.scoring import score
from autograder.sandbox import Level
from tests.autograder.tiny import KIT

COURSE = read_course(KIT)
ATTACKS = {
    path.parent.name: path
    for path in (KIT / "tests" / "attacks").glob("*/*.py")
    if path.stem in COURSE.names and path.stem != "padding"
}
# They write a file in place, and earn what this mistake does, which does not hide it.
IN_PLACE = {"foresees_the_crash", "denies_changes_of_files"}
OPENLY = KIT / "tests" / "mistakes" / "checkpoints" / "overwritten_in_place.py"
# Those that compute nothing leave some functions as they are, and these earn their points.
LEFT_RIGHT = {"test_another_shape_is_refused", "test_max_pool", "test_flatten"}


@pytest.fixture(scope="module")
def passed():
    """Return the tests that a source passes, and the points that it earns, in the sandbox."""
    names = sorted({path.stem for path in ATTACKS.values()})
    solutions = {
        f"{name}.py": (KIT / "solutions" / f"{name}.py").read_bytes() for name in COURSE.with_needs(names)
    }
    with ExaminerPool(KIT, COURSE, names, Level.namespaces) as examiners:

        def passed(exercise: str, source: bytes) -> tuple[set[str], float]:
            files = {**solutions, f"{exercise}.py": solutions[f"{exercise}.py"] + b"\n\n" + source}
            suite = KIT / "tests" / "hidden" / f"test_{exercise}.py"
            (graded,) = score(examiners.examine(files, [suite]), COURSE, [exercise])
            names = {test.id.partition("::")[2] for test in graded.tests if not test.failure}
            return names, graded.earned

        yield passed


def test_every_attack_is_tested():
    assert ATTACKS.keys() == {*IN_PLACE, "computes_nan", "weights_of_zero"}


@pytest.mark.parametrize("attack", ["computes_nan", "weights_of_zero"])
def test_what_computes_nothing_earns_nothing(passed, attack):
    names, earned = passed("layers", ATTACKS[attack].read_bytes())
    assert names <= LEFT_RIGHT
    assert earned < 0.1 * 20


@pytest.mark.parametrize("attack", sorted(IN_PLACE))
def test_a_save_in_place_cannot_be_hidden(passed, attack):
    openly, earned_openly = passed("checkpoints", OPENLY.read_bytes())
    names, earned = passed("checkpoints", ATTACKS[attack].read_bytes())
    assert names <= openly
    assert earned <= earned_openly < 15


def test_the_reference_earns_all(passed):
    """What is lost is lost by the attack."""
    for exercise, points in (("layers", 20), ("checkpoints", 15)):
        assert passed(exercise, b"")[1] == points
