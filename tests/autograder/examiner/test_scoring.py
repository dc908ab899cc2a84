"""Points come only from tests that were listed, ran and passed; a failure names the exercise that is at fault."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import Course, Exercise
from autograder.examiner.result import Examination
from autograder.examiner.scoring import score, whose_needs_changed
from autograder.protocol.failure import Failure, Location, Outcome, ShownCall
from autograder.protocol.messages import ListedTest, Result
from autograder.records import GradedExercise


def course_of(**needs: tuple[str, ...]) -> Course:
    """A course of those exercises, of 12 points each, with what each needs."""
    exercises = (
        Exercise(name, part="One", points=12, difficulty=1, minutes=1, needs=needed)
        for name, needed in needs.items()
    )
    return Course(title="A course", exercises=tuple(exercises))


def wrong(function: str, file: str = "one.py", outcome: Outcome = Outcome.WRONG) -> Failure:
    """A failure in a call of that function."""
    calls = (ShownCall(f"a_module.{function}", function),)
    return Failure(outcome, "An idea.", "1, expected 2", calls, edit=Location(file, 7, function))


class Run:
    """What an examiner reports, test by test."""

    def __init__(self) -> None:
        self.examination = Examination()

    def listed(self, test: str, weight: float = 1.0, proves: tuple[str, ...] = ()) -> str:
        """List a test, `exercise::name`, that does not run."""
        exercise = test.partition("::")[0]
        self.examination.listed.append(ListedTest(test, exercise, weight, f"Idea of {test}.", list(proves)))
        return test

    def ran(
        self,
        test: str,
        failure: Failure | None = None,
        weight: float = 1.0,
        called: tuple[str, ...] = ("f",),
        answered: tuple[str, ...] = ("f",),
        proves: tuple[str, ...] = (),
    ) -> None:
        """List a test, and report what came of it."""
        result = Result(self.listed(test, weight, proves), failure, "", 0.5, list(called), list(answered))
        self.examination.results[test] = result

    def score(self, course: Course, *names: str, known: dict | None = None) -> dict[str, GradedExercise]:
        graded = score(self.examination, course, list(names) or course.names, known)
        return {exercise.name: exercise for exercise in graded}


@pytest.fixture
def run() -> Run:
    return Run()


def outcomes(exercise: GradedExercise) -> list[Outcome]:
    return [test.outcome for test in exercise.tests]


# Points.


def test_points_are_shared_out_by_weight(run):
    run.ran("one::a", weight=4)
    run.ran("one::b", wrong("f"), weight=2)
    run.ran("one::c", weight=2)
    graded = run.score(course_of(one=()))["one"]
    assert (graded.points, graded.earned, graded.passed) == (12, 9, 2)
    assert [test.weight for test in graded.tests] == [4, 2, 2]


WEIGHTS = st.lists(st.tuples(st.booleans(), st.integers(1, 9)), min_size=1, max_size=8)


@given(tests=WEIGHTS)
def test_all_points_are_for_all_tests_and_none_for_none(tests):
    run = Run()
    for number, (right, weight) in enumerate(tests):
        run.ran(f"one::{number}", None if right else wrong("f"), weight)
    earned = run.score(course_of(one=()))["one"].earned
    assert 0 <= earned <= 12
    assert (earned == 12) == all(right for right, _ in tests)
    assert (earned == 0) == (not any(right for right, _ in tests))


@given(tests=WEIGHTS, place=st.integers(0, 7))
def test_one_more_test_that_passes_never_costs_points(tests, place):
    def earned(given_tests):
        run = Run()
        for number, (right, weight) in enumerate(given_tests):
            run.ran(f"one::{number}", None if right else wrong("f"), weight)
        return run.score(course_of(one=()))["one"].earned

    place %= len(tests)
    better = [(right or at == place, weight) for at, (right, weight) in enumerate(tests)]
    assert earned(better) >= earned(tests)


def test_a_test_that_did_not_run_earns_nothing_and_says_so(run):
    run.ran("one::a")
    run.listed("one::b")
    graded = run.score(course_of(one=()))["one"]
    assert graded.earned == 6
    assert graded.tests[1].failure == Failure(Outcome.NOT_RUN, "Idea of one::b.")


def test_a_result_of_a_test_that_was_not_listed_counts_for_nothing(run):
    run.ran("one::a", wrong("f"))
    run.ran("one::b")
    run.examination.listed.pop()
    graded = run.score(course_of(one=()))["one"]
    assert (graded.earned, outcomes(graded)) == (0, ["wrong"])


def test_an_exercise_without_a_test_earns_nothing(run):
    assert run.score(course_of(one=()))["one"].earned == 0


def test_each_exercise_has_its_own_tests(run):
    run.ran("one::a")
    run.ran("two::a", wrong("f"))
    graded = run.score(course_of(one=(), two=()))
    assert {name: exercise.earned for name, exercise in graded.items()} == {"one": 12, "two": 0}
    assert list(run.score(course_of(one=(), two=()), "two")) == ["two"]


def test_mistakes_that_were_found_are_in_the_failure(run):
    run.ran("one::a", wrong("f"))
    run.examination.mistakes["one::a"] = ["You added 1.", "You added 2."]
    (test,) = run.score(course_of(one=()))["one"].tests
    assert test.failure.mistakes == ("You added 1.", "You added 2.")


# Refusals: a function that raises for every argument.


def test_a_refusal_counts_once_the_function_has_answered_rightly(run):
    run.ran("one::answers", called=("f",), answered=("f",))
    run.ran("one::refuses", called=("f",), answered=())
    assert run.score(course_of(one=()))["one"].earned == 12


@pytest.mark.parametrize(
    "shown",
    [
        {"called": ("g",), "answered": ("g",)},
        {"failure": wrong("f"), "called": ("f",), "answered": ("f",)},
        {"called": ("f",), "answered": ()},
    ],
    ids=["another function answers", "its answer is wrong", "it never answers"],
)
def test_otherwise_a_refusal_does_not_count(run, shown):
    run.ran("one::shown", **shown)
    run.ran("one::refuses", called=("f",), answered=())
    refused = run.score(course_of(one=()))["one"].tests[1]
    assert refused.outcome is Outcome.WRONG
    assert refused.failure.reason == (
        "no points yet: an error counts only after f has returned a correct answer in another test"
    )


def test_an_answer_in_another_exercise_shows_nothing(run):
    run.ran("one::answers", called=("f",), answered=("f",))
    run.ran("two::refuses", called=("f",), answered=())
    assert run.score(course_of(one=(), two=()))["two"].earned == 0


def test_a_test_that_calls_nothing_counts(run):
    run.ran("one::a", called=(), answered=())
    assert run.score(course_of(one=()))["one"].earned == 12


# Proofs: a constant or a guess passes a test of one small example.


def test_a_test_counts_once_its_function_has_passed_one_that_proves_it(run):
    run.ran("one::example")
    run.ran("one::refuses", answered=())
    run.ran("one::proof", proves=("f",))
    assert run.score(course_of(one=()))["one"].earned == 12


@pytest.mark.parametrize(
    "proof",
    [
        {"failure": wrong("f")},
        {"called": ("g",), "answered": ("g",)},
        {"called": ("f",), "answered": ()},
    ],
    ids=["its answer is wrong", "it is not called", "it never answers"],
)
def test_otherwise_it_does_not_count_and_says_why(run, proof):
    run.ran("one::example")
    run.ran("one::refuses", answered=())
    run.ran("one::proof", proves=("f",), **proof)
    graded = run.score(course_of(one=()))["one"]
    for test in graded.tests[:2]:
        assert test.outcome is Outcome.WRONG
        assert test.failure.reason == (
            "no points yet: this counts once f has passed another test: Idea of one::proof."
        )


def test_one_of_several_proofs_is_enough(run):
    """A function that is wrong in a special case has still shown the ordinary one."""
    run.ran("one::example")
    run.ran("one::special", wrong("f"), proves=("f",))
    run.ran("one::ordinary", proves=("f",))
    assert outcomes(run.score(course_of(one=()))["one"]) == ["passed", "wrong", "passed"]


def test_every_function_of_a_test_must_be_proved(run):
    run.ran("one::both", called=("f", "g"), answered=("f", "g"))
    run.ran("one::proof of f", proves=("f",))
    run.ran("one::proof of g", wrong("g"), called=("g",), answered=("g",), proves=("g",))
    assert outcomes(run.score(course_of(one=()))["one"]) == ["wrong", "passed", "wrong"]


def test_what_no_test_proves_counts_as_before(run):
    run.ran("one::example", called=("given",), answered=("given",))
    run.ran("one::proof", wrong("f"), proves=("f",))
    assert outcomes(run.score(course_of(one=()))["one"]) == ["passed", "wrong"]


def test_a_test_that_does_not_count_shows_no_right_answer(run):
    """Else a constant would be one, and errors for bad arguments would count."""
    run.ran("one::example", called=("f", "given"), answered=("f", "given"))
    run.ran("one::refuses", called=("given",), answered=())
    run.ran("one::proof", wrong("f"), proves=("f",))
    assert outcomes(run.score(course_of(one=()))["one"]) == ["wrong", "wrong", "wrong"]


# The fault of an earlier exercise.

NEEDY = course_of(one=(), two=("one.f",), three=("two",))


def test_a_failure_names_the_earlier_function_that_does_not_pass(run):
    run.ran("one::a", wrong("f", "one.py"))
    run.ran("two::a", wrong("g", "two.py"))
    graded = run.score(NEEDY)
    assert outcomes(graded["one"]) == ["wrong"]
    (test,) = graded["two"].tests
    assert test.outcome is Outcome.NEEDS
    assert test.failure.reason == "needs one.f, which does not pass yet"
    assert test.failure.edit == Location("one.py", 7, "f")
    assert graded["two"].missing == ["one.f"]


def test_why_an_earlier_function_gave_no_answer_is_kept(run):
    stopped = Failure(Outcome.UNUSABLE, calls=wrong("f").calls, reason="stopped: no answer within 2 s")
    run.ran("one::a", stopped)
    # What comes after it tells less.
    skipped = Failure(Outcome.UNUSABLE, calls=wrong("f").calls, reason="skipped: three calls to f timed out")
    run.ran("one::b", skipped)
    run.ran("two::a", wrong("g"))
    (test,) = run.score(NEEDY)["two"].tests
    assert test.failure.reason == "needs one.f, which does not pass yet (stopped: no answer within 2 s)"


def test_another_function_of_that_exercise_is_not_at_fault(run):
    run.ran("one::a", wrong("h"))
    run.ran("two::a", wrong("g"))
    graded = run.score(NEEDY)["two"]
    assert (outcomes(graded), graded.missing) == (["wrong"], [])


@pytest.mark.parametrize("passes", [True, False])
def test_blame_changes_no_points(run, passes):
    run.ran("one::a", wrong("f"))
    run.ran("two::a")
    run.ran("two::b", None if passes else wrong("g"))
    assert run.score(NEEDY)["two"].earned == (12 if passes else 6)


def test_what_needs_what_has_failed_for_its_needs_is_told_of_the_first_fault(run):
    """The fault is in one; two passes but for that, so three has nothing against two."""
    run.ran("one::a", wrong("f"))
    run.ran("two::a", wrong("g"))
    run.ran("three::a", wrong("h"))
    graded = run.score(NEEDY)["three"]
    assert graded.missing == ["one.f"]
    assert graded.tests[0].failure.reason == "needs one.f, which does not pass yet"


def test_what_is_not_written_yet_is_not_blamed_on_others(run):
    run.ran("one::a", wrong("f"))
    run.ran("two::a", Failure(Outcome.UNWRITTEN, reason="g is not written yet"))
    assert outcomes(run.score(NEEDY)["two"]) == ["unwritten"]


def test_a_test_that_did_not_run_is_not_blamed_on_others(run):
    run.ran("one::a", wrong("f"))
    run.listed("two::a")
    assert outcomes(run.score(NEEDY)["two"]) == ["not run"]


def test_an_exercise_that_is_not_asked_for_is_blamed_if_it_was_examined(run):
    run.ran("one::a", wrong("f"))
    run.ran("two::a", wrong("g"))
    graded = run.score(NEEDY, "two")
    assert list(graded) == ["two"]
    assert outcomes(graded["two"]) == ["needs"]


def test_an_exercise_that_is_known_is_blamed_and_stays_as_it_was(run):
    run.ran("one::a", wrong("f"))
    known = run.score(NEEDY, "one")
    later = Run()
    later.ran("two::a", wrong("g"))
    graded = later.score(NEEDY, "one", "two", known=known)
    assert graded["one"] is known["one"]
    assert outcomes(graded["two"]) == ["needs"]


# The solutions answer for what does not pass.


@pytest.mark.parametrize(
    ("second", "outcome", "earned"),
    [
        (None, "passed", 12),
        (wrong("g", "two.py"), "wrong", 6),
        (Failure(Outcome.UNWRITTEN, reason="g is not written yet"), "unwritten", 6),
        (Failure(Outcome.NEEDS, reason="needs one.f: it needs a file"), "needs", 6),
        (Failure(Outcome.UNUSABLE, reason="stopped: no answer within 2 s"), "unusable", 6),
        (Failure(Outcome.FAILED), "needs", 6),
    ],
)
def test_a_failing_test_is_run_again_with_right_values(run, second, outcome, earned):
    """What it shows then is its own; where it shows nothing, the earlier function is named."""
    run.ran("one::a", wrong("f"))
    run.ran("two::a", wrong("g"))
    run.ran("two::b")
    asked = []

    def again(exercise, stand_ins):
        asked.append((exercise, stand_ins))
        repeated = Run()
        repeated.ran("two::a", second)
        # A test that has passed stays passed.
        repeated.ran("two::b", wrong("g"))
        return repeated.examination

    graded = {
        one.name: one
        for one in score(run.examination, course_of(one=(), two=("one.f",)), ["one", "two"], None, again)
    }
    assert asked == [("two", {"one": ["f"]})]
    assert graded["one"].earned == 0
    assert graded["two"].earned == earned
    assert outcomes(graded["two"]) == [outcome, "passed"]
    assert graded["two"].missing == ["one.f"]
    assert graded["two"].stand_ins == ([] if outcome == "needs" else ["one.f"])


def test_a_test_that_does_not_count_yet_is_not_put_down_to_an_earlier_exercise(run):
    """It has passed without right values; what it waits for, its own function has shown wrong with them."""
    run.ran("one::a", wrong("f"))
    run.ran("two::a", wrong("g"))
    run.ran("two::b", called=("two.g",), answered=())

    def again(exercise, stand_ins):
        repeated = Run()
        repeated.ran("two::a", wrong("g", "two.py"))
        repeated.ran("two::b", called=("two.g",), answered=())
        return repeated.examination

    (graded,) = score(run.examination, course_of(one=(), two=("one.f",)), ["two"], None, again)
    assert outcomes(graded) == ["wrong", "wrong"]
    assert graded.tests[1].failure.reason.startswith("no points yet: ")


LEFT_OUT = Failure(Outcome.NEEDS, reason="needs one.f, which does not pass yet")
UNWRITTEN = Failure(Outcome.UNWRITTEN, reason="g is not written yet")
STOPPED = Failure(Outcome.UNUSABLE, reason="stopped: no answer within 2 s")


@pytest.mark.parametrize(
    ("with_right_values", "without", "runs", "outcome"),
    [
        (None, None, 1, "passed"),
        (UNWRITTEN, None, 1, "unwritten"),
        (wrong("g", "two.py"), wrong("g", "two.py"), 2, "wrong"),
        # Two mistakes that cancel out cost nothing.
        (wrong("g", "two.py"), None, 2, "passed"),
        (STOPPED, None, 2, "passed"),
        (STOPPED, wrong("g", "two.py"), 2, "unusable"),
    ],
)
def test_what_was_left_out_is_run_with_right_values_first(run, with_right_values, without, runs, outcome):
    """And without them only where a test fails that may pass then."""
    run.ran("one::a", wrong("f"))
    run.ran("two::a", LEFT_OUT, called=(), answered=())
    asked = []

    def again(exercise, stand_ins):
        asked.append(stand_ins)
        repeated = Run()
        repeated.ran("two::a", with_right_values if stand_ins else without)
        return repeated.examination

    (graded,) = score(run.examination, course_of(one=(), two=("one.f",)), ["two"], None, again)
    assert asked == [{"one": ["f"]}, {}][:runs]
    assert outcomes(graded) == [outcome]
    assert graded.earned == (12 if outcome == "passed" else 0)


def test_what_passes_is_not_run_again(run):
    run.ran("one::a", wrong("f"))
    run.ran("two::a")
    run.ran("three::a", wrong("g"))
    asked = []

    def again(exercise, stand_ins):
        asked.append(exercise)
        return Examination()

    score(run.examination, NEEDY, ["one", "two", "three"], None, again)
    assert asked == ["three"]


# What must be graded again.


def graded(**failures: Failure | None) -> dict[str, GradedExercise]:
    """Exercises of one test each, as `score` grades them together."""
    run = Run()
    for name, failure in failures.items():
        run.ran(f"{name}::a", failure)
    return run.score(NEEDY, *failures)


def test_nobodys_needs_change_where_all_are_graded_together():
    assert whose_needs_changed(NEEDY, graded(one=wrong("f"), two=wrong("g"), three=None)) == []
    assert whose_needs_changed(NEEDY, graded(one=None, two=wrong("g"), three=wrong("h"))) == []


def test_an_exercise_is_graded_again_once_its_needs_pass():
    before, after = graded(one=wrong("f"), two=wrong("g")), graded(one=None)
    assert whose_needs_changed(NEEDY, before | after) == ["two"]


def test_an_exercise_is_graded_again_once_its_needs_no_longer_pass():
    before, after = graded(one=None, two=wrong("g")), graded(one=wrong("f"))
    assert whose_needs_changed(NEEDY, before | after) == ["two"]


def test_a_change_that_concerns_no_need_changes_nothing():
    before, after = graded(one=None, two=wrong("g")), graded(one=wrong("h"))
    assert whose_needs_changed(NEEDY, before | after) == []


def test_needs_that_are_not_graded_too_do_not_count():
    (two,) = (exercise for name, exercise in graded(one=wrong("f"), two=None).items() if name == "two")
    assert two.missing == ["one.f"]
    assert whose_needs_changed(NEEDY, {"two": two}) == []
    assert whose_needs_changed(NEEDY, {"two": replace(two, missing=[])}) == []
