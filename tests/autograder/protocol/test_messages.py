"""The messages between the grader's own processes survive the journey whole; anything else is refused."""

from __future__ import annotations

import inspect
import subprocess
import sys
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import Limits
from autograder.protocol import messages
from autograder.protocol.failure import Failure, Histogram, Location, Outcome, ShownCall, Value
from tests.autograder.tiny import KIT

START = messages.CandidateStart(
    {"padding.py": b"x = 1\n\xff"}, ["padding", "dense"], ["arrays"], {"HOME": "/"}
)
# Every field is set.
FAILURE = Failure(
    outcome=Outcome.WRONG,
    idea="An idea.",
    reason="4, expected 5",
    calls=(
        ShownCall("padding.pad", "pad", (Value("3", 3),), {"by": Value("[1.5]", [1.5], (1,))}, "  odd"),
        ShownCall("padding.pad", "pad", (Value("[]", [], (0,)),), answer=Value("4", 4), outcome="4"),
    ),
    expected="5",
    index=(0, 2),
    raised=Location("padding.py", 8, "_helper"),
    mistakes=("You squared.", "You cubed."),
    histogram=Histogram(-1.5, 2.5, (1, 0, 2)),
    exercise="padding",
    edit=Location("padding.py", 3, "pad"),
)
ALONE = [
    START,
    messages.CandidateReady("/temporary"),
    messages.CandidateReady(failed="no namespaces"),
    messages.Job(
        START,
        ["test_padding.py"],
        Limits(call_seconds=1.5),
        "/tmp/address",
        ["padding"],
        messages.Purpose.COUNT_GUESSES,
        "/tmp",
        {"padding": ["shapes.trace"]},
    ),
    messages.PytestJob("/tmp/course", ["-q", "exercises"], {"COLUMNS": "80"}),
    messages.PytestOutput("2 passed\n"),
]
# What an examiner sends; of each the receiver finds out what it is.
REPORTS = [
    messages.Listed([]),
    messages.Listed(
        [messages.ListedTest("a", "padding", 1, ""), messages.ListedTest("b", "dense", 2, "", ["dense.relu"])]
    ),
    messages.Result("a", None, "", 0.25, ["padding.pad"], [], 25.5),
    messages.Result("a", FAILURE, "pytest's text", 0.25, ["padding.pad"], ["padding.pad"]),
    *(messages.Result("a", Failure(outcome), "", 0.0, [], []) for outcome in Outcome),
    messages.Judged(1, "the end"),
    messages.Diagnosed("a", ["You squared."]),
    messages.Unexplained("padding"),
    messages.Finished(1.5),
]


def name_of(message: msgspec.Struct) -> str:
    return type(message).__name__


def test_there_is_an_example_of_every_message():
    structs = inspect.getmembers(messages, lambda member: inspect.isclass(member) and member is not Limits)
    known = {type(message) for message in (*ALONE, *REPORTS)} | {messages.ListedTest}
    assert {kind for _, kind in structs if issubclass(kind, msgspec.Struct)} == known


@pytest.mark.parametrize("message", ALONE, ids=name_of)
def test_a_message_comes_back_the_same(message):
    assert messages.decode(messages.encode(message), type(message)) == message
    with pytest.raises(ValueError, match="type"):
        messages.decode_report(messages.encode(message))


@pytest.mark.parametrize("message", REPORTS, ids=name_of)
def test_a_report_comes_back_as_what_it_is(message):
    found = messages.decode_report(messages.encode(message))
    assert type(found) is type(message)
    assert found == message


places = st.none() | st.builds(Location, st.text(max_size=5), st.integers(0, 2**31), st.text(max_size=5))
# What `autograder.suite.transcript` keeps of a value.
data = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)
shown_values = st.builds(
    Value, st.text(max_size=5), data, st.none() | st.lists(st.integers(0, 9), max_size=3).map(tuple)
)
shown_calls = st.builds(
    ShownCall,
    st.text(max_size=5),
    arguments=st.lists(shown_values, max_size=2).map(tuple),
    keywords=st.none() | st.dictionaries(st.text(max_size=3), shown_values, max_size=2),
    answer=st.none() | shown_values,
)
failures = st.builds(
    Failure,
    outcome=st.sampled_from(Outcome),
    reason=st.text(max_size=5),
    calls=st.lists(shown_calls, max_size=2).map(tuple),
    index=st.none() | st.lists(st.integers(0, 99), max_size=4).map(tuple),
    raised=places,
    mistakes=st.lists(st.text(max_size=5), max_size=2).map(tuple),
    edit=places,
)


@given(failure=failures)
def test_any_failure_comes_back_the_same(failure):
    result = messages.Result("a", failure, "", 0.0, [], [])
    assert messages.decode_report(messages.encode(result)) == result


@given(junk=st.binary(max_size=60), alone=st.sampled_from(ALONE), report=st.sampled_from(REPORTS))
def test_other_bytes_are_refused_with_a_value_error(junk, alone, report):
    for message, decode in (
        (alone, lambda data: messages.decode(data, type(alone))),
        (report, messages.decode_report),
    ):
        whole = messages.encode(message)
        for broken in (junk, whole + junk, whole[: len(junk)], whole[: len(whole) // 2] + junk):
            with suppress(ValueError):
                decode(broken)
        with pytest.raises(ValueError, match="truncated"):
            decode(whole[:-1])


# Threads that read the first message of a process at the same time.
READ = """
import sys, threading
from autograder.protocol import messages
from autograder.protocol.failure import Failure, Outcome

sys.setswitchinterval(1e-6)
job = messages.CandidateStart({}, [], [], {}), [], messages.Limits(), "", [], messages.Purpose.SCORE, "", {}
start = messages.encode(messages.Job(*job))
report = messages.encode(messages.Result("a", Failure(Outcome.WRONG), "", 0.0, [], []))
together = threading.Barrier(8)
read = []


def receive():
    together.wait()
    read.append((messages.decode(start, messages.Job), messages.decode_report(report)))


threads = [threading.Thread(target=receive) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert len(read) == 8
"""


@pytest.mark.parametrize("attempt", range(5))
def test_threads_may_read_the_first_messages_at_the_same_time(attempt):
    """msgspec learns a type when it is first read; two threads that have it do so at once crash the process."""
    subprocess.run([sys.executable, "-c", READ], cwd=KIT, check=True)
