"""What a submission may ask about earlier exercises, and what it never gets."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.candidate.stand_ins import NobodyStandsIn, StandIns
from autograder.course import read_course
from autograder.examiner.pool import ExaminerPool
from autograder.protocol import plain
from autograder.protocol.calls import QUESTION, CallFunction, ReadFile, StandIn, pack_request
from autograder.sandbox import Level
from autograder.suite.answers import Answers, public_names


class Reference:
    """Stands for the process with the solutions: keeps what it is asked, and doubles."""

    def __init__(self):
        self.asked = []

    def ask(self, request):
        self.asked.append(plain.unpack(request))
        return plain.pack(
            {"value": 2 * self.asked[-1]["args"][0], "states": [], "where": ["doubling.py", 3, "double"]}
        )

    def close(self):
        pass


@pytest.fixture
def reference():
    return Reference()


@pytest.fixture
def answers(reference):
    return Answers({"doubling": ["double"]}, reference)


def test_a_function_that_does_not_pass_is_answered_for(answers, reference):
    answer = plain.unpack(answers.answer(pack_request(StandIn("doubling", "double", [np.arange(3)], {}))))
    assert answer["value"].tolist() == [0, 2, 4]
    # Neither files nor lines of the solutions.
    assert answer.keys() == {"value", "states"}
    assert reference.asked[0]["do"] == "StandIn"


@pytest.mark.parametrize(
    "question",
    [
        pack_request(StandIn("doubling", "half", [1], {})),
        pack_request(StandIn("tallies", "double", [1], {})),
        pack_request(StandIn("doubling", "__builtins__", [1], {})),
        pack_request(StandIn("os", "system", ["true"], {})),
        # Whatever it says it is, it is asked as a `StandIn`.
        pack_request(CallFunction("doubling", "half", [1], {})),
        pack_request(ReadFile("solutions/doubling.py")),
        plain.pack({"module": ["doubling"], "name": "double", "args": [1], "kwargs": {}}),
        plain.pack({"module": "doubling", "name": ["double"], "args": [1], "kwargs": {}}),
        plain.pack({"module": "doubling", "name": "double", "args": 1, "kwargs": {}}),
        plain.pack({"module": "doubling", "name": "double", "args": [1], "kwargs": []}),
        plain.pack({"module": "doubling"}),
        plain.pack([1, 2]),
        b"",
        b"\xc1",
    ],
)
def test_nothing_else_is(answers, reference, question):
    assert plain.unpack(answers.answer(question)).keys() == {"refused"}
    assert reference.asked == []


def test_the_names_of_a_stub(answers):
    assert public_names(b"LIMIT = 3\ndef f(): ...\ndef _g(): ...\nclass C:\n    def m(self): ...\n") == [
        "f",
        "C",
    ]


# The submission's side.


def asked_in_vain(question):
    raise AssertionError("nothing was to be asked")


def test_what_is_no_plain_data_is_not_asked():
    stand_ins = StandIns({"doubling": ["double"]}, asked_in_vain)
    with pytest.raises(NobodyStandsIn, match=r"doubling\.double, which got a list_iterator"):
        stand_ins._function("doubling", "double")(iter([1]))


# In earnest: a submission that asks what it likes.

SUITE = """
from autograder import same

def test_first(doubling):
    assert doubling.half(2) == same(0)
"""
# Finds what answers, as a submission can: it is in its own process.
ASKS = """
import gc
import time

import numpy as np

from autograder.candidate.stand_ins import StandIns
from autograder.protocol import channel, plain
from autograder.protocol.calls import QUESTION, StandIn, pack_request

(stand_ins,) = [one for one in gc.get_objects() if isinstance(one, StandIns)]

def ask(module, name, *args, then=()):
    return plain.unpack(stand_ins._ask(QUESTION + pack_request(StandIn(module, name, list(args), {}, None, then))))

def half(number):
    raise ValueError(repr({question}))
"""


@pytest.fixture
def said(course, tmp_path):
    """What a submission says that asks that question, while the solutions answer for all of `tallies`."""

    def examine(question: str, level: Level = Level.none) -> str:
        suite = tmp_path / "test_doubling.py"
        suite.write_text(SUITE)
        files = {"doubling.py": ASKS.replace("{question}", question).encode()}
        with ExaminerPool(course, read_course(course), level=level) as examiners:
            examination = examiners.examine(files, [suite], stand_ins={"tallies": ["Tally", "countdown"]})
        (result,) = examination.results.values()
        return result.failure.calls[-1].outcome.removeprefix("ValueError: ")

    return examine


REFUSED = "{'refused': 'it is not to be asked for'}"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ('ask("tallies", "Tally", 4)', "{'object': True, 'states': []}"),
        ('ask("tallies", "Tally", 4, then=[("count", None, {})])', "{'value': 4, 'states': []}"),
        (
            'ask("tallies", "Tally", 4, then=[("add", [1], {}), ("add", [2], {})])',
            "{'value': 7, 'states': []}",
        ),
        ('ask("tallies", "Tally", 4, then=[("add", None, {})])', "{'callable': True, 'states': []}"),
        (
            'ask("tallies", "countdown", 3, then=[("__next__", [], {}), ("__next__", [], {})])',
            "{'value': 2, 'states': []}",
        ),
        # From an object there is no way to its class, its code or its frame.
        (
            'ask("tallies", "Tally", 4, then=[("__class__", None, {})])',
            "{'refused': 'its answer is nothing that may be asked for: __class__'}",
        ),
        (
            'ask("tallies", "countdown", 3, then=[("gi_frame", None, {})])',
            "{'refused': 'its answer is nothing that may be asked for: gi_frame'}",
        ),
        (
            'ask("tallies", "Tally", 4, then=[("__setattr__", ["count", 6], {}), ("add", [2], {})])',
            "{'value': 8, 'states': []}",
        ),
        (
            'ask("tallies", "Tally", 4, then=[("__setattr__", ["__class__", 6], {})])',
            "{'refused': 'its answer is no attribute that may be set'}",
        ),
        (
            'ask("tallies", "countdown", 3, then=[("__next__", [], {}), ("__setattr__", ["x", 1], {})])',
            "{'refused': 'its answer is nothing that may be asked for: __setattr__'}",
        ),
        ('ask("doubling", "half", 4)', REFUSED),
        ('ask("tallies", "__loader__", 4)', REFUSED),
        ('ask("tallies", "Tally", plain.Handle(1, "x"), then=[("add", [1], {})])["raised"]', "'TypeError'"),
    ],
)
def test_a_submission_gets_values_and_nothing_else(said, question, answer):
    assert said(question) == answer


def test_questions_without_end_end(said):
    assert said('list(iter(lambda: ask("tallies", "Tally", 4), None))').startswith(
        "stopped: no answer within"
    )


# A megabyte comes back, and nobody reads it.
LARGE = (
    'QUESTION + pack_request(StandIn("tallies", "Tally", [np.zeros(2**17)], {}, None, [("count", None, {})]))'
)


def test_an_answer_that_is_not_read_keeps_nobody_waiting(said):
    """It is the submission's time, as any call's."""
    outcome = said(f"[channel.send(stand_ins._ask.args[0], {LARGE}), time.sleep(1000)]")
    assert outcome.startswith("stopped: no answer within")


@pytest.mark.parametrize("level", [Level.none, Level.namespaces])
def test_what_asks_though_nobody_answers_cannot_be_read(course, tmp_path, level):
    suite = tmp_path / "test_doubling.py"
    suite.write_text(SUITE)
    source = f"""
import socket

def half(number):
    question = {QUESTION!r} + b"x"
    for number in range(3, 256):
        try:
            socket.socket(fileno=number).sendall(len(question).to_bytes(4, "big") + question)
        except OSError:
            pass
    return 0
"""
    with ExaminerPool(course, read_course(course), level=level) as examiners:
        examination = examiners.examine({"doubling.py": source.encode()}, [suite])
    (result,) = examination.results.values()
    assert "its answer cannot be read" in result.failure.reason
