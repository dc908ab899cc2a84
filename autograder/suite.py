"""What every run of a suite shares: the fixtures, the record of calls, and failures that explain.

The learner's plugin and the examiner both build on `Suite`; they differ in the link to the submission.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from autograder import properties
from autograder.expected import Expected
from autograder.feedback import Failure, explain
from autograder.recorder import Recorder
from autograder.subject import CannotAnswer, Conversation, Subject, Workspace

_IMPORTS_HYPOTHESIS = re.compile(rb"^(?:from|import) hypothesis\b", re.MULTILINE)
# Where a test's failure is kept on its report; a dictionary, so that it survives pytest-xdist.
FAILURE = "autograder_failure"


def exercise_of(path: Path | str) -> str:
    """Return the exercise that a suite's file examines: `test_padding.py` examines `padding`, others none."""
    stem = Path(path).stem
    return stem.removeprefix("test_") if stem.startswith("test_") else ""


class Suite:
    """A pytest plugin: fixtures named after the exercises, and short failures.

    Args:
        names: the exercises.
        converse: called once, when the first fixture is needed, with the recorder of calls.
        edit: returns the place to edit, `exercises/padding.py:41`, for an exercise and a function.
    """

    def __init__(
        self,
        names: list[str],
        converse: Callable[[Recorder], Conversation],
        edit: Callable[[str, str], str],
    ):
        self.recorder = Recorder()
        self.budgets: dict[str, properties.Budget] = {}
        self.shrinking_examples = properties.SHRINKING_EXAMPLES
        self._names = names
        self._converse = converse
        self._edit = edit
        self._conversation: Conversation | None = None

    def conversation(self) -> Conversation:
        """Return the one conversation with the submission, begun when first asked for."""
        if self._conversation is None:
            self._conversation = self._converse(self.recorder)
        return self._conversation

    def fixtures(self) -> ModuleType:
        """Return a plugin that holds a fixture for each exercise, and `workspace`."""
        holder = ModuleType("autograder_fixtures")

        def subject_fixture(name: str) -> Any:
            # Session scope: hypothesis calls a test many times with one set of fixtures.
            @pytest.fixture(scope="session", name=name)
            def subject() -> Subject:
                return Subject(self.conversation(), name)

            return subject

        for name in self._names:
            setattr(holder, name, subject_fixture(name))

        @pytest.fixture(scope="session", name="workspace")
        def workspace() -> Workspace:
            """Folders and files on the submission's side."""
            return Workspace(self.conversation())

        holder.workspace = workspace  # type: ignore[attr-defined]
        return holder

    # pytest's hooks.

    @pytest.hookimpl
    def pytest_pycollect_makemodule(self, module_path: Path) -> None:
        # Before the suite is imported, because `given` looks at the profile then. A suite that does not
        # use hypothesis must not pay for its import.
        if exercise_of(module_path) in self._names and _IMPORTS_HYPOTHESIS.search(module_path.read_bytes()):
            properties.load_profile()

    @pytest.hookimpl
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        # In the order of the course, not of the alphabet.
        places = {name: place for place, name in enumerate(self._names)}
        items.sort(key=lambda item: places.get(exercise_of(item.path), len(places)))
        for item in items:
            function: Any = getattr(item, "obj", None)
            if self.examines(item) and properties.is_property(function):
                budget = self.budgets[item.nodeid] = properties.Budget(self.recorder, self.shrinking_examples)
                function.hypothesis.inner_test = budget.watch(function.hypothesis.inner_test)

    def examines(self, item: pytest.Item) -> bool:
        """Tell whether a test belongs to an exercise's suite."""
        return exercise_of(item.path) in self._names

    @pytest.hookimpl
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self.recorder.begin_test(item.nodeid)

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, object, object]:
        try:
            return (yield)
        except properties.ShrinkingOver:
            raise self.budgets[pyfuncitem.nodeid].smallest_failure() from None

    @pytest.hookimpl
    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> list[str] | None:
        if op != "==" or not isinstance(right, Expected):
            return None
        difference = right.difference(left)
        if difference is None:
            return None
        self.recorder.difference = (repr(right), difference)
        return [f"expected {right!r}", difference]

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        error = call.excinfo.value if call.excinfo and self.examines(item) else None
        if call.when == "call" and error is not None:
            # Our own text replaces pytest's, which looks for the source of every frame: 20 ms a failure.
            item.repr_failure = lambda excinfo, style=None: ""  # type: ignore[method-assign, assignment]
        outcome: Any = yield
        report = outcome.get_result()
        if error is None or not report.failed:
            return
        if call.when != "call" and not isinstance(error, CannotAnswer):
            return
        self.recorder.failed()
        failure = self.explain(item, error)
        setattr(report, FAILURE, failure.model_dump())
        report.longrepr = "\n".join(failure.lines())

    def explain(self, item: pytest.Item, error: BaseException) -> Failure:
        """Return why a test failed."""
        exercise = exercise_of(item.path)
        idea = idea_of(item)
        failure = explain(error, self.recorder, idea, exercise)
        failure.edit = self._edit(failure.exercise, failure.function)
        return failure


def idea_of(item: pytest.Item) -> str:
    """Return the sentence a test's failure shows to a learner: its docstring, on one line."""
    doc = getattr(getattr(item, "obj", None), "__doc__", None) or item.name
    return " ".join(doc.split())
