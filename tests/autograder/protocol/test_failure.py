"""A failure as people read it: what came back, at most twelve lines, places in modules and in notebooks."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.protocol.failure import MOST_LINES, Failure, Location, Outcome, ShownCall, Value

FAILING = [outcome for outcome in Outcome if outcome is not Outcome.PASSED]
CALLS = (
    ShownCall("padding.pad", "pad", (Value("3"),), outcome="4"),
    ShownCall(
        "padding.pad", "pad", (Value("5"),), {"stride": Value("2")}, "  inside tf.function", outcome="6"
    ),
)
WRONG = Failure(
    Outcome.WRONG,
    idea="An idea.",
    reason="6, expected 7",
    calls=CALLS,
    expected="7",
    mistakes=("You squared.", "You cubed."),
    exercise="padding",
    edit=Location("padding.py", 3, "pad"),
)
IN_LINE_8 = Location("padding.py", 8, "_helper")


# A place as text.


@pytest.mark.parametrize(
    ("location", "text"),
    [
        (Location("exercises/padding.py", 41, "pad"), "exercises/padding.py:41"),
        (Location("padding.py", 41), "padding.py:41"),
        (Location("padding.ipynb", function="Chain.pad"), "padding.ipynb, Chain.pad"),
        (Location("padding.ipynb"), "padding.ipynb"),
    ],
)
def test_a_place_is_a_line_and_without_one_a_function(location, text):
    assert str(location) == text


def test_a_call_reads_as_it_is_written():
    assert [str(call) for call in CALLS] == ["padding.pad(3)", "padding.pad(5, stride=2)  inside tf.function"]
    assert str(ShownCall("padding.pad")) == "padding.pad()"


# What came back.


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "6"),
        ({"raised": IN_LINE_8}, "6 (in padding.py, line 8)"),
        ({"raised": replace(IN_LINE_8, file="padding.ipynb", line=0)}, "6 (in padding.ipynb)"),
        ({"calls": ()}, ""),
        ({"calls": (), "raised": IN_LINE_8}, ""),
    ],
)
def test_what_came_back_is_of_the_last_call(changes, text):
    assert replace(WRONG, **changes).came_back == text


@pytest.mark.parametrize("outcome", [outcome for outcome in FAILING if outcome is not Outcome.WRONG])
def test_nothing_came_back_where_there_is_no_answer(outcome):
    assert replace(WRONG, outcome=outcome).came_back == ""


# The lines.


def test_the_lines_tell_the_calls_the_answer_the_idea_and_where_to_edit():
    assert WRONG.lines() == [
        "padding.pad(3) -> 4",
        "padding.pad(5, stride=2)  inside tf.function",
        "  came back:  6",
        "  expected:   7",
        "  difference: 6, expected 7",
        "  mistake:    You squared. Or: You cubed.",
        "  idea:       An idea.",
        "  edit:       padding.py:3",
    ]


def test_what_is_not_known_takes_no_line():
    assert Failure(Outcome.WRONG, calls=CALLS[1:]).lines() == [
        "padding.pad(5, stride=2)  inside tf.function",
        "  came back:  6",
    ]
    assert Failure(Outcome.FAILED).lines() == []


@pytest.mark.parametrize("outcome", [Outcome.UNWRITTEN, Outcome.NEEDS])
def test_what_waits_is_one_line(outcome):
    waiting = replace(WRONG, outcome=outcome, reason="pad is not written yet")
    assert waiting.lines() == ["pad is not written yet: padding.py:3"]
    assert replace(waiting, edit=None).lines() == ["pad is not written yet"]


def test_a_module_that_cannot_be_loaded_is_one_line():
    assert Failure(Outcome.UNUSABLE, "An idea.", "there is no padding.py").lines() == [
        "there is no padding.py"
    ]


texts = st.text("ab. ", max_size=6)
some_values = st.builds(Value, texts)
some_calls = st.builds(
    ShownCall,
    texts,
    arguments=st.lists(some_values, max_size=3).map(tuple),
    keywords=st.none() | st.dictionaries(texts, some_values, max_size=2),
    outcome=texts,
)
some_places = st.none() | st.builds(Location, texts, st.integers(0, 99), texts)
some_failures = st.builds(
    Failure,
    outcome=st.sampled_from(FAILING),
    idea=texts,
    reason=texts,
    calls=st.lists(some_calls, max_size=20).map(tuple),
    expected=texts,
    raised=some_places,
    mistakes=st.lists(texts, max_size=3).map(tuple),
    exercise=texts,
    edit=some_places,
)


@given(failure=some_failures)
def test_a_failure_is_never_longer_than_people_read(failure):
    assert len(failure.lines()) <= MOST_LINES == 12


# In a notebook.


@given(failure=some_failures, unreadable=texts)
def test_a_failure_for_a_notebook_is_a_copy(failure, unreadable):
    before = copy.deepcopy(failure)
    made = failure.with_notebook(unreadable)
    assert failure == before
    for was, now in ((failure.raised, made.raised), (failure.edit, made.edit)):
        assert (now is None) == (was is None)
        assert now is None or now == Location(now.file, 0, was.function)
        assert now is None or now.file.endswith(".ipynb")
    same = {"raised": failure.raised, "edit": failure.edit, "reason": failure.reason}
    assert replace(made, **same) == failure


def test_the_author_of_a_notebook_is_sent_to_its_functions():
    made = replace(WRONG, raised=IN_LINE_8).with_notebook()
    assert made.came_back == "6 (in padding.ipynb)"
    assert str(made.edit) == "padding.ipynb, pad"


def test_why_a_notebook_cannot_be_read_is_told_instead_of_a_missing_module():
    missing = Failure(Outcome.UNUSABLE, reason="there is no padding.py")
    assert missing.with_notebook("padding.ipynb is too large").reason == "padding.ipynb is too large"
    assert missing.with_notebook().reason == "there is no padding.py"
    assert WRONG.with_notebook("padding.ipynb is too large").reason == WRONG.reason


def test_each_function_that_was_called_is_named_once():
    other = ShownCall("Tally.add", "Tally")
    failure = replace(WRONG, calls=(*CALLS, other, ShownCall("next"), *CALLS))
    assert failure.functions == ["pad", "Tally"]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_what_waits_is_unwritten_or_needs_an_earlier_exercise(outcome):
    assert outcome.waits == (outcome in (Outcome.UNWRITTEN, Outcome.NEEDS))
