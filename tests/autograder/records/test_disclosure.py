"""What a learner sees of a failure: as much as the course discloses, and each reason once."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from autograder.protocol.failure import Failure, Histogram, Location, Outcome, ShownCall, Value
from autograder.records import GradedExercise, GradedTest
from autograder.records.disclosure import disclosed, shown_failures

LEVELS = ("full", "example", "name")
FAILING = [outcome for outcome in Outcome if outcome is not Outcome.PASSED]
CALL = ShownCall("padding.pad", "pad", (Value("3", 3),), answer=Value("4", 4), outcome="4")
# Every field is set.
WRONG = Failure(
    outcome=Outcome.WRONG,
    idea="An idea.",
    reason="4, expected 5",
    calls=(CALL,),
    expected="5",
    index=(0,),
    raised=Location("padding.py", 8, "pad"),
    mistakes=("You squared.",),
    histogram=Histogram(0.0, 1.0, (1, 2)),
    exercise="padding",
    edit=Location("padding.py", 3, "pad"),
)


def hidden(failure: Failure, level: str) -> set[str]:
    """The fields of which nothing is disclosed."""
    seen = disclosed(failure, level)
    nothing = Failure(failure.outcome)
    names = [field.name for field in fields(Failure) if field.name != "outcome"]
    return {name for name in names if getattr(seen, name) == getattr(nothing, name)}


# How much of one failure is disclosed.


@pytest.mark.parametrize(
    ("level", "fields_hidden"),
    [
        ("full", {"idea"}),
        ("example", {"idea", "expected", "reason"}),
        (
            "name",
            {"idea", "expected", "reason", "calls", "index", "raised", "mistakes", "histogram"},
        ),
    ],
)
def test_a_wrong_answer_is_disclosed_by_level(level, fields_hidden):
    assert hidden(WRONG, level) == fields_hidden


@pytest.mark.parametrize("outcome", FAILING)
@pytest.mark.parametrize("level", LEVELS)
def test_what_is_disclosed_is_as_it_was(level, outcome):
    """Nothing is made up, and where to edit is always told."""
    failure = replace(WRONG, outcome=outcome)
    seen = disclosed(failure, level)
    assert seen.outcome is outcome
    assert (seen.exercise, seen.edit) == (failure.exercise, failure.edit)
    untouched = {field.name for field in fields(Failure)} - hidden(failure, level) - {"outcome"}
    assert all(getattr(seen, name) == getattr(failure, name) for name in untouched)


@pytest.mark.parametrize("level", LEVELS)
def test_a_stub_hides_nothing_but_the_idea(level):
    unwritten = replace(WRONG, outcome=Outcome.UNWRITTEN, reason="pad is not written yet")
    assert disclosed(unwritten, level) == replace(unwritten, idea="")


@pytest.mark.parametrize("outcome", FAILING)
@pytest.mark.parametrize(("level", "told"), [("full", True), ("example", True), ("name", False)])
def test_a_reason_without_a_call_reveals_nothing_of_the_test(level, told, outcome):
    """There is no padding.py: the learner reads so where an example may be read."""
    whole = replace(WRONG, outcome=outcome, calls=(), reason="there is no padding.py")
    told = told or outcome is Outcome.UNWRITTEN
    assert disclosed(whole, level).reason == ("there is no padding.py" if told else "")


# Which failures of an exercise are shown.


def exercise(*failures: Failure | None) -> GradedExercise:
    tests = [GradedTest(f"t{n}", f"Idea {n}.", 1, failure) for n, failure in enumerate(failures)]
    return GradedExercise("padding", points=8, earned=0, tests=tests)


def shown(graded: GradedExercise, level: str) -> tuple[list[str], dict[str, int]]:
    """The tests that are shown, and the ideas of those that fail for the same reason."""
    found = shown_failures(graded, level)
    return [test.id for test in found.first], dict(found.same_reason)


PLAIN = replace(WRONG, mistakes=())


@pytest.mark.parametrize("level", LEVELS)
def test_a_test_that_passes_is_not_shown(level):
    assert shown(exercise(None, None), level) == ([], {})
    assert shown(exercise(None, PLAIN, None), level) == (["t1"], {})


@pytest.mark.parametrize("level", LEVELS)
def test_each_wrong_answer_is_a_reason_of_its_own(level):
    assert shown(exercise(PLAIN, PLAIN), level) == (["t0", "t1"], {})


@pytest.mark.parametrize(("level", "once"), [("full", True), ("example", True), ("name", False)])
def test_a_known_mistake_is_told_once_where_mistakes_are_disclosed(level, once):
    other = replace(WRONG, mistakes=("You cubed.",))
    graded = exercise(WRONG, other, WRONG)
    assert shown(graded, level) == ((["t0", "t1"], {"Idea 2.": 1}) if once else (["t0", "t1", "t2"], {}))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("outcome", [Outcome.UNUSABLE, Outcome.NEEDS])
def test_a_module_that_cannot_be_used_is_told_once(level, outcome):
    """Every test fails for it, so that their ideas say nothing more."""
    unusable = Failure(outcome, reason="there is no padding.py")
    assert shown(exercise(unusable, unusable, unusable), level) == (["t0"], {})


@pytest.mark.parametrize("level", LEVELS)
def test_a_wrong_answer_without_a_call_is_told_once_with_the_ideas_of_the_others(level):
    early = Failure(Outcome.WRONG, reason="it counts once padding.pad passes a test")
    graded = exercise(early, early, early)
    graded = replace(graded, tests=[replace(test, idea="0 is refused.") for test in graded.tests])
    assert shown(graded, level) == (["t0"], {"0 is refused.": 2})


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.NOT_RUN])
def test_each_test_that_broke_is_shown(level, outcome):
    assert shown(exercise(Failure(outcome), Failure(outcome)), level) == (["t0", "t1"], {})


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_is_shown_of_an_exercise_that_is_not_written(level):
    stub = Failure(Outcome.UNWRITTEN, reason="pad is not written yet")
    needs = Failure(Outcome.NEEDS, reason="needs shapes.size, which is not written yet")
    assert shown(exercise(stub, needs), level) == ([], {})
    # One test that passes, and the stubs are failures like others.
    assert shown(exercise(stub, stub, None), level) == (["t0"], {})
    # What waits for an earlier exercise alone says so.
    assert shown(exercise(needs, needs), level) == (["t0"], {})
