"""A wrong answer that is a known mistake is told so; no other is, whatever its style."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from autograder.course import read_course
from autograder.diagnosis import diagnose
from autograder.diagnosis.examples import Example, Step
from autograder.diagnosis.replay import Expired, Replay
from autograder.examiner.pool import ExaminerPool
from autograder.examiner.result import Examination
from autograder.examiner.scoring import score
from autograder.protocol import plain
from autograder.protocol.failure import Outcome
from autograder.protocol.messages import Judged
from tests.autograder.machine import until
from tests.autograder.tiny import DOUBLING, TALLIES, write_course

MISTAKES = {
    "doubling/squared": '"""You squared."""\ndef double(numbers):\n    return np.asarray(numbers) ** 2\n',
    "doubling/added_one": '"""You added 1."""\ndef double(numbers):\n    return np.asarray(numbers) + 1\n',
    "doubling/added_two": '"""You added 2."""\ndef double(numbers):\n    if len(numbers) == 0:\n'
    "        raise ValueError(f'numbers {numbers}')\n    return np.asarray(numbers) + 2\n",
    "doubling/rounded_down": '"""You rounded down."""\ndef half(number):\n    return number // 2\n',
    "doubling/rounded_by_int": '"""You used int()."""\ndef half(number):\n    return int(number / 2)\n',
    "doubling/floored": '"""You took the floor."""\nimport math\ndef half(number):\n'
    "    return math.floor(number / 2)\n",
    "doubling/hangs": '"""You wait for ever."""\ndef half(number):\n    while True:\n        pass\n',
    "tallies/not_added": '"""You returned the number."""\nclass Tally(Tally):\n    def add(self, number):\n'
    "        return number\n",
    "tallies/to_zero": '"""You count to 0."""\ndef countdown(start):\n    yield from range(start, -1, -1)\n',
}
# For numbers above 0, "rounded down" and "floored" give the same answers.
USED_INT = "def half(number):\n    return number // 2 if number > 0 else -(-number // 2)\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny course, with mistakes."""
    folder = write_course(tmp_path_factory.mktemp("course"))
    for name, text in MISTAKES.items():
        path = folder / "tests" / "mistakes" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def named(course):
    """Return what is said of a submission that differs from the solution in some functions."""
    with ExaminerPool(course, read_course(course)) as examiners:

        def named(doubling: str = "", tallies: str = "") -> dict[str, list[str]]:
            files = {"doubling.py": f"{DOUBLING}\n{doubling}", "tallies.py": f"{TALLIES}\n{tallies}"}
            names = ["doubling", "tallies"]
            suites = [course / "tests" / "hidden" / f"test_{name}.py" for name in names]
            packed = {name: source.encode() for name, source in files.items()}
            examination = examiners.examine(packed, suites, names)
            return {test.partition("::")[2]: said for test, said in examination.mistakes.items()}

        yield named


def test_a_mistake_in_another_style_is_named(named):
    said = named("def double(numbers):\n    return [number * number for number in numbers]\n")
    assert said == {"test_each_is_doubled": ["You squared."], "test_none_is_refused": ["You squared."]}


def test_a_misconception_is_named_though_refusals_are_not_written_yet(named):
    said = named("def double(numbers):\n    return [number + 2 for number in numbers]\n")
    assert said == {"test_each_is_doubled": ["You added 2."]}


def test_an_objects_answers_are_compared_as_its_calls_come(named):
    said = named(tallies="class Tally(Tally):\n    count = 0\n    def add(self, by):\n        return by\n")
    assert said == {"test_adds": ["You returned the number."]}


def test_two_mistakes_in_two_functions_are_both_named(named):
    said = named(
        "def double(numbers):\n    return [number + 1 for number in numbers]\n",
        "def countdown(start):\n    while start >= 0:\n        yield start\n        start -= 1\n",
    )
    assert said["test_each_is_doubled"] == ["You added 1."]
    assert said["test_counts_down"] == ["You count to 0."]


def test_mistakes_that_cannot_be_told_apart_are_all_named(named):
    said = named("def half(number):\n    return number // 2\n")
    assert said == {"test_half": ["You took the floor.", "You rounded down."]}


def test_calls_beside_the_failing_one_tell_mistakes_apart(named):
    said = named(USED_INT)
    assert said == {"test_half": ["You used int()."]}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("def double(numbers):\n    return 7\n", "Every answer of `double` is 7."),
        (
            "def double(numbers):\n    return np.asarray(numbers) * 3\n",
            "Every answer of `double` is 1.5 times the right one.",
        ),
        # A known mistake for some arguments only.
        (
            "def half(number):\n    return number // 2 if number < 50 else number / 2\n",
            "Where an answer of `half` is wrong, it is the right one minus 0.5.",
        ),
    ],
)
def test_what_is_no_known_mistake_is_explained_by_what_its_answers_have_in_common(named, wrong, said):
    assert list(named(wrong).values()) == [[said]]


@pytest.mark.parametrize(
    "wrong",
    [
        "def double(numbers):\n    raise OSError('no')\n",
        # Right but for its bad argument, where no known mistake is.
        "def double(numbers):\n    return np.asarray(numbers) * 2\n",
        # It answers otherwise each time.
        "import time\ndef half(number):\n    return number / 2 + time.perf_counter_ns() % 1000 + 1\n",
        "def half(number):\n    while True:\n        pass\n",
    ],
)
def test_of_what_has_nothing_in_common_nothing_is_said(named, wrong):
    assert named(wrong) == {}


def test_a_right_answer_is_never_called_a_mistake(named):
    # 0 and 2 are as large squared as doubled, and one function is wrong beside the right one.
    said = named(
        "def double(numbers):\n    if len(numbers) < 1:\n        raise ValueError('numbers []')\n"
        "    return [2 * n for n in numbers]\ndef half(number):\n    return number\n"
    )
    assert said == {"test_half": ["Every answer of `half` is twice the right one."]}


def test_one_object_that_is_asked_often_leaves_room_for_others():
    def example(length: int, answer: int) -> Example:
        message = {"do": "CallFunction", "name": "half", "release": [], "args": [length], "kwargs": {}}
        return Example([Step(message, {"value": answer}, "half", random=False)] * length, 0.0)

    questions = [example(length, 1) for length in (50, 60, 70, *range(1, 11))]
    compared: list[Example] = []

    def pattern(function: str, known: Sequence[Example], refusals: bool) -> str:
        compared.extend(known)
        return ""

    submission, solution = (
        Replay(name, lambda _, value=value: plain.pack({"value": value}), None)
        for name, value in (("submission", 2), ("solution", 1))
    )
    failing = {"test": submission.example(questions[0])}
    assert diagnose(failing, questions, submission, solution, lambda: [], pattern) == {}
    assert len(compared) == 1 + len(questions)


def test_after_the_end_of_its_time_nothing_is_asked():
    asked: list[bytes] = []
    replay = Replay("submission", lambda packed: asked.append(packed) or plain.pack({"value": 1}), None)
    message = {"do": "CallFunction", "name": "half", "release": [], "args": [1], "kwargs": {}}
    question = Example([Step(message, None, "half", random=False)], 0.0)
    with replay.until(time.monotonic() - 1), pytest.raises(Expired):
        replay.replies(question)
    assert not asked
    assert replay.replies(question) == [{"value": 1}]


def test_a_mistake_of_a_function_that_is_right_is_not_named(tmp_path):
    """Its wrong answers come of something else."""
    course = write_course(tmp_path)
    solution = course / "solutions" / "doubling.py"
    solution.write_text(DOUBLING.replace("np.asarray(numbers) * 2", "np.asarray(numbers) * 4 * half(1)"))
    mistakes = course / "tests" / "mistakes" / "doubling"
    mistakes.mkdir(parents=True)
    half = "def half(number):\n    return number // 2\n"
    (mistakes / "rounded.py").write_text(f'"""You rounded half down."""\n{half}')
    zeros = "def double(numbers):\n    return np.asarray(numbers) * 0\n"
    with ExaminerPool(course, read_course(course)) as examiners:

        def said(source: str) -> set[str]:
            files = {"doubling.py": f"{solution.read_text()}\n{source}".encode()}
            suite = course / "tests" / "hidden" / "test_doubling.py"
            found = examiners.examine(files, [suite], ["doubling"]).mistakes
            return {sentence for sentences in found.values() for sentence in sentences}

        assert said(half) == {"You rounded half down."}
        assert said(half + zeros) == {"You rounded half down."}
        assert said(zeros) == {"Every answer of `double` is always zero."}


SLOW = """
import time

def half(number):
    end = time.process_time() + 0.3
    while time.process_time() < end:
        pass
    return {answer}
"""


@pytest.mark.parametrize(("answer", "unexplained"), [("number + 9", {"doubling"}), ("number / 2", set())])
def test_a_search_that_takes_too_long_says_so_and_names_nothing(tmp_path, answer, unexplained):
    slow = write_course(tmp_path)
    toml = slow / "grading.toml"
    toml.write_text(toml.read_text().replace("submission_seconds = 60", "submission_seconds = 2"))
    course = read_course(slow)
    with ExaminerPool(slow, course) as examiners:
        files = {"doubling.py": f"{DOUBLING}\n{SLOW.format(answer=answer)}".encode()}
        found = examiners.examine(files, [slow / "tests" / "hidden" / "test_doubling.py"], ["doubling"])
    assert found.mistakes == {}
    assert found.unexplained == unexplained
    (graded,) = score(found, course, ["doubling"])
    assert ("took too long and was stopped" in graded.help) == bool(unexplained)


def test_a_diagnosis_that_fails_leaves_the_verdict(tmp_path):
    broken = write_course(tmp_path)
    (broken / "tests" / "mistakes" / "doubling").mkdir(parents=True)
    (broken / "tests" / "mistakes" / "doubling" / "broken.py").write_text("def half(:\n")
    with ExaminerPool(broken, read_course(broken)) as examiners:
        files = {"doubling.py": f"{DOUBLING}\ndef half(number):\n    return 1\n".encode()}
        found: Examination = examiners.examine(
            files, [broken / "tests" / "hidden" / "test_doubling.py"], ["doubling"]
        )
    assert found.judged
    outcomes = [
        result.failure.outcome if result.failure else Outcome.PASSED for result in found.results.values()
    ]
    assert sorted(outcomes) == ["passed", "passed", "wrong"]


@pytest.mark.parametrize("server", ["examiners", "candidates"])
@pytest.mark.parametrize("moment", ["while the solution is asked", "while the mistakes are"])
def test_a_mistake_is_named_though_a_fork_server_dies_meanwhile(course, monkeypatch, server, moment):
    """Neither is the mistake left out, nor are the questions, without which three could not be told apart."""
    files = {"doubling.py": f"{DOUBLING}\n{USED_INT}".encode()}
    suites = [course / "tests" / "hidden" / "test_doubling.py"]
    judge, verdicts = Examination.judge, []

    def judge_and_kill(examination: Examination, message: Judged) -> None:
        judge(examination, message)
        verdicts.append(message)
        if len(verdicts) == 1:
            if moment == "while the mistakes are":
                assert until(lambda: any(examiners.servers.scratch.glob("replays/questions-*")))
            os.kill(getattr(examiners.servers.running(), server).pid, signal.SIGKILL)

    monkeypatch.setattr(Examination, "judge", judge_and_kill)
    with ExaminerPool(course, read_course(course)) as examiners:
        found = examiners.examine(files, suites, ["doubling"])
    assert len(verdicts) == 2
    assert list(found.mistakes.values()) == [["You used int()."]]
