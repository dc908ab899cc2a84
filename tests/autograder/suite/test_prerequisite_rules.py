"""The rules by which a failing test of one exercise is blamed on an earlier one, as laws on plain data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.protocol.failure import Failure, Location, Outcome, ShownCall
from autograder.suite.prerequisites import WHOLE, Fault, blamed, failing_functions, functions_of, unmet

FAILING = [outcome for outcome in Outcome if outcome is not Outcome.PASSED]
EXERCISES, FUNCTIONS = ("padding", "dense", "pooling"), ("one", "two", "three")

locations = st.none() | st.builds(
    Location, st.sampled_from(["padding.py", "dense.py"]), st.integers(1, 99), st.sampled_from(FUNCTIONS)
)
calls = st.builds(ShownCall, st.just("a call"), st.sampled_from(["", *FUNCTIONS]))
failures = st.builds(
    Failure,
    outcome=st.sampled_from(FAILING),
    idea=st.text(max_size=5),
    calls=st.lists(calls, max_size=4).map(tuple),
    edit=locations,
)
needs = st.lists(
    st.sampled_from([*EXERCISES, *(f"{one}.{other}" for one in EXERCISES for other in FUNCTIONS)]),
    unique=True,
)
failing = st.dictionaries(
    st.sampled_from(EXERCISES),
    st.dictionaries(
        st.sampled_from([WHOLE, *FUNCTIONS]),
        st.builds(Fault, locations, st.sampled_from(["", "stopped: no answer within 2 s"]), st.booleans()),
    ),
)


# What does not pass.


@given(failure=failures)
def test_the_functions_that_a_failing_test_called_do_not_pass(failure):
    found = failing_functions(failure)
    assert {fault.edit for fault in found.values()} <= {failure.edit}
    if failure.outcome is Outcome.NEEDS:
        assert found == {}
    elif failure.calls:
        assert set(found) == {call.function for call in failure.calls} - {""}
    else:
        # A passed test that does not count yet is wrong without a call.
        assert set(found) == (set() if failure.outcome is Outcome.WRONG else {WHOLE})


@given(failure=failures)
def test_each_function_is_named_once_in_the_order_of_the_alphabet(failure):
    found = list(failing_functions(failure))
    assert found == sorted(set(found))


# What is needed and does not pass.


@given(wanted=needs, known=failing)
def test_what_is_unmet_is_needed_and_fails(wanted, known):
    missing = unmet(wanted, known)
    assert list(missing) == [need for need in wanted if need in missing]
    for need, fault in missing.items():
        exercise, _, function = need.partition(".")
        assert fault in known[exercise].values()
        assert not function or {function, WHOLE} & known[exercise].keys()


@given(wanted=needs, known=failing)
def test_what_is_not_unmet_does_not_fail(wanted, known):
    for need in set(wanted) - unmet(wanted, known).keys():
        exercise, _, function = need.partition(".")
        functions = known.get(exercise, {})
        assert not (function in functions or WHOLE in functions) if function else not functions


@given(wanted=needs, known=failing)
def test_each_need_is_judged_by_itself(wanted, known):
    one_by_one: dict[str, Fault] = {}
    for need in wanted:
        one_by_one |= unmet([need], known)
    assert unmet(wanted, known) == one_by_one


@given(wanted=needs)
def test_where_nothing_fails_nothing_is_unmet(wanted):
    assert unmet(wanted, {}) == {}


@given(wanted=needs, known=failing)
def test_right_values_are_needed_of_what_fails(wanted, known):
    functions = functions_of(wanted, known)
    assert functions.keys() == {need.partition(".")[0] for need in unmet(wanted, known)}
    for exercise, names in functions.items():
        assert len(set(names)) == len(names)
        assert set(names) - {WHOLE} <= known[exercise].keys()
        assert not any(known[exercise][name].starves for name in names) or WHOLE in names


@pytest.mark.parametrize(
    ("reason", "outcome", "functions"),
    [
        ("stopped: no answer within 2 s", "stopped: no answer within 2 s", ["pad", WHOLE]),
        ("we looked for `pad` in padding.py and found none", "", ["pad"]),
    ],
)
def test_the_rest_of_an_exercise_stays_the_learners_if_a_function_is_missing(reason, outcome, functions):
    call = ShownCall("padding.pad", "pad", outcome=outcome)
    known = {"padding": failing_functions(Failure(Outcome.UNUSABLE, reason=reason, calls=(call,)))}
    assert functions_of(["padding.pad", "padding.size"], known) == {"padding": functions}


def test_an_exercise_that_was_stopped_is_not_even_imported():
    stopped = Fault(None, "stopped: no answer within 2 s", starves=True)
    known = {"padding": {"one": Fault(), "two": stopped}}
    assert functions_of(["padding.one"], known) == {"padding": ["one"]}
    assert functions_of(["padding.one", "padding.two"], known) == {"padding": ["one", "two", WHOLE]}
    assert functions_of(["padding.three"], known) == {}


def test_a_function_is_found_before_its_whole_exercise():
    own, whole = Fault(Location("padding.py", 3, "one")), Fault(Location("padding.py", 1))
    known = {"padding": {WHOLE: whole, "one": own}}
    assert unmet(["padding.one", "padding.two"], known) == {"padding.one": own, "padding.two": whole}


# Who is blamed.


@given(failure=failures)
def test_without_an_unmet_need_the_failure_stays(failure):
    assert blamed(failure, {}) is failure


@given(failure=failures, wanted=needs, known=failing)
def test_blame_is_laid_once(failure, wanted, known):
    missing = unmet(wanted, known)
    once = blamed(failure, missing)
    assert blamed(once, missing) == once


@given(failure=failures, wanted=needs, known=failing)
def test_a_stub_is_not_blamed_on_others(failure, wanted, known):
    missing = unmet(wanted, known)
    found = blamed(failure, missing)
    if failure.outcome.waits or not missing:
        assert found is failure
        return
    # Nothing of the test's own answer is left.
    need, fault = next(iter(missing.items()))
    exercise = need.partition(".")[0]
    assert found == Failure(Outcome.NEEDS, failure.idea, found.reason, exercise=exercise, edit=fault.edit)
    named = [need for need in missing if need in found.reason.replace(",", " ").split()]
    assert named == list(missing)[:3]


def test_the_needs_are_listed_as_people_list_them():
    def reason(*wanted: str, stopped: str = "") -> str:
        return blamed(Failure(Outcome.WRONG), dict.fromkeys(wanted, Fault(None, stopped))).reason

    assert reason("a.f") == "needs a.f, which does not pass yet"
    assert (
        reason("a.f", stopped="stopped: no answer")
        == "needs a.f, which does not pass yet (stopped: no answer)"
    )
    assert reason("a.f", "b") == "needs a.f and b, which do not pass yet"
    assert reason("a.f", "b", "c", "d") == "needs a.f, b and c, which do not pass yet"
