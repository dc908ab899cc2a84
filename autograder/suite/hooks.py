"""The pytest hooks for suites: a fixture for each exercise, and failures that explain.

The learner's plugin and the examiner both use `Suite`; they differ in the transport to the submission.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

from autograder.course import exercise_of
from autograder.protocol.failure import Failure, Location
from autograder.suite import properties
from autograder.suite.expected import Expected
from autograder.suite.explain import explain
from autograder.suite.guessing import Guesses
from autograder.suite.proxy import CannotAnswer, ModuleProxy, Slept, SubmissionSession, Transport, Workspace
from autograder.suite.tape import Tape
from autograder.suite.transcript import Transcript

_IMPORTS_HYPOTHESIS = re.compile(rb"^(?:from|import) hypothesis\b", re.MULTILINE)
# The attribute of a test report for the failure. It is a dictionary, so that pytest-xdist can send it.
_FAILURE = "autograder_failure"


def failure_of(report: pytest.TestReport) -> Failure | None:
    """Return the failure in a test report; None if there is none."""
    found = getattr(report, _FAILURE, None)
    return None if found is None else msgspec.convert(found, Failure)


def set_failure(report: pytest.TestReport, failure: Failure) -> None:
    """Put a failure into a test report, which then shows the failure's text."""
    setattr(report, _FAILURE, msgspec.to_builtins(failure))
    report.longrepr = "\n".join(failure.lines())


class Suite:
    """A pytest plugin: fixtures named after the exercises, and short failures.

    Args:
        names: the exercises.
        connect: called once, when the first fixture is needed; returns the transport to the submission.
        edit: completes the location to edit, which has a function but no line yet.

    Attributes:
        transcript: the transcript of the current example.
        tape: the requests and replies.
        budgets: the budgets of the properties, by the test's id.
        shrinking_examples: how many examples a property may use to shrink a failure.
        guesses: counts how hard the answers of the current test are to guess; None if that is not asked for.
    """

    def __init__(
        self,
        names: list[str],
        connect: Callable[[], Transport],
        edit: Callable[[Location], Location],
    ):
        self.transcript = Transcript()
        self.tape = Tape()
        self.budgets: dict[str, properties.Budget] = {}
        self.shrinking_examples = properties.SHRINKING_EXAMPLES
        self.guesses: Guesses | None = None
        self._names = names
        self._connect = connect
        self._edit = edit
        self._session: SubmissionSession | None = None
        self._asked_again: set[str] = set()

    def count_guesses(self) -> None:
        """Count from now on how hard the right answers are to guess."""
        self.guesses = Guesses(self.transcript)
        Expected.on_equal = self.guesses.add

    def session(self) -> SubmissionSession:
        """Return the session with the submission; the first call starts it."""
        if self._session is None:
            self._session = SubmissionSession(self._connect(), self.transcript, self.tape)
        return self._session

    def fixtures(self) -> ModuleType:
        """Return a plugin with a fixture for each exercise and `workspace`."""
        holder = ModuleType("autograder_fixtures")

        def module_fixture(name: str) -> Any:
            # Session scope: hypothesis calls a test many times with one set of fixtures.
            @pytest.fixture(scope="session", name=name)
            def module() -> ModuleProxy:
                return ModuleProxy(self.session(), name)

            return module

        for name in self._names:
            setattr(holder, name, module_fixture(name))

        @pytest.fixture(scope="session", name="workspace")
        def workspace() -> Workspace:
            """Folders and files in the submission's process."""
            return Workspace(self.session())

        holder.workspace = workspace  # type: ignore[attr-defined]
        return holder

    @pytest.hookimpl
    def pytest_pycollect_makemodule(self, module_path: Path) -> None:
        # Done before the suite is imported, because `given` reads the profile then. Suites without hypothesis
        # skip this slow import.
        if exercise_of(module_path) in self._names and _IMPORTS_HYPOTHESIS.search(module_path.read_bytes()):
            properties.load_profile()

    @pytest.hookimpl
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        # In course order, not in alphabetical order.
        order = {name: number for number, name in enumerate(self._names)}
        items.sort(key=lambda item: order.get(exercise_of(item.path), len(order)))
        for item in items:
            function: Any = getattr(item, "obj", None)
            if self.examines(item) and properties.is_property(function):
                budget = properties.Budget(self.transcript, self.tape, self.shrinking_examples)
                self.budgets[item.nodeid] = budget
                function.hypothesis.inner_test = budget.limit(function.hypothesis.inner_test)

    def examines(self, item: pytest.Item) -> bool:
        """Return True if a test belongs to an exercise's suite."""
        return exercise_of(item.path) in self._names

    @pytest.hookimpl
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self.transcript.begin_test()
        self.tape.begin_test(item.nodeid)
        if self.guesses:
            self.guesses.begin_test()

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, object, object]:
        try:
            return (yield)
        except properties.ShrinkingOver:
            raise self.budgets[pyfuncitem.nodeid].smallest_failure() from None
        except Slept:
            if pyfuncitem.nodeid in self._asked_again:
                raise
            # It may have waited for a busy machine, not for itself.
            self._asked_again.add(pyfuncitem.nodeid)
            self.pytest_runtest_setup(pyfuncitem)
            return pyfuncitem.ihook.pytest_pyfunc_call(pyfuncitem=pyfuncitem)

    @pytest.hookimpl
    def pytest_assertrepr_compare(self, op: str, left: object, right: object) -> list[str] | None:
        if op != "==" or not isinstance(right, Expected):
            return None
        difference = right.difference(left)
        if difference is None:
            return None
        self.transcript.expected, self.transcript.difference = repr(right), difference
        return [f"expected {right!r}", difference.text]

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        error = call.excinfo.value if call.excinfo and self.examines(item) else None
        if call.when == "call" and error is not None:
            # Our text replaces pytest's, which reads the source of every frame: 20 ms per failure.
            item.repr_failure = lambda excinfo, style=None: ""  # type: ignore[method-assign]
        outcome: Any = yield
        report = outcome.get_result()
        if error is None or not report.failed:
            return
        if call.when != "call" and not isinstance(error, CannotAnswer):
            return
        self.tape.keep_failing()
        exercise = exercise_of(item.path)
        earlier = self._names[: self._names.index(exercise)]
        failure = explain(error, self.transcript, idea_of(item), exercise, earlier)
        set_failure(report, replace(failure, edit=failure.edit and self._edit(failure.edit)))


def idea_of(item: pytest.Item) -> str:
    """Return the sentence a test's failure shows to a learner: its docstring, on one line."""
    doc = getattr(getattr(item, "obj", None), "__doc__", None) or item.name
    return " ".join(doc.split())
