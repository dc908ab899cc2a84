"""A learner who has written only the last exercises has their points: the solutions answer for the earlier ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import read_course
from autograder.examiner.pool import ExaminerPool
from autograder.sandbox import Level

KIT = Path(__file__).parents[2]
COURSE = read_course(KIT)
# Nobody can answer for all of the others: `predict_in_batches` takes a function, `keep_best` writes a file.
NOT_WRITTEN = [
    name
    for name in COURSE.names[: COURSE.names.index("numpy_cnn")]
    if name not in ("batching", "checkpoints")
]


@pytest.mark.parametrize("exercise", ["numpy_cnn", "layers", "training"])
def test_the_last_exercises_alone(exercise):
    """Arrays, random generators, objects, and tensors: with gradients, and inside `tf.function`."""
    files = {f"{name}.py": (KIT / "solutions" / f"{name}.py").read_bytes() for name in COURSE.names}
    for name in NOT_WRITTEN:
        files[f"{name}.py"] = (KIT / "exercises" / f"{name}.py").read_bytes()
    suite = KIT / "tests" / "hidden" / f"test_{exercise}.py"
    with ExaminerPool(KIT, COURSE, [exercise], Level.none) as examiners:
        examination = examiners.examine(
            files,
            [suite],
            stand_ins={name: [""] for name in NOT_WRITTEN if name in COURSE.with_needs([exercise])},
        )
    failing = {test: result.failure.reason for test, result in examination.results.items() if result.failure}
    assert failing == {}
    assert len(examination.results) == len(examination.listed) > 5
