"""`autograder watch`: run an exercise's tests whenever its file is saved."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.text import Text

from autograder import UserError
from autograder.course import Course
from autograder.learner.demonstration import NoDemonstration, demonstrate
from autograder.learner.hints import NoHints, next_hints, steps_read
from autograder.learner.keys import KeyReader, single_keys
from autograder.learner.pytest_process import Cancelled
from autograder.learner.pytest_server import PytestServer
from autograder.learner.rerun import CannotRun, cached_results, results
from autograder.learner.screen import Results, exercise_text, hint_text, next_exercise, table, why_text
from autograder.learner.why import why

# The longest delay for a key or a saved file, and the longest duration of a burst of writes.
_LOOK_MILLISECONDS = 100
_BURST_MILLISECONDS = 20
# Most runs are over before a key or a saved file must be looked at.
_USUAL_SECONDS = 0.5


class Watch:
    """Shows one exercise at a time, and runs its public suite whenever a file is saved.

    Args:
        folder: the course folder.
        course: the parsed `grading.toml`.
        screen: where to print.
    """

    def __init__(self, folder: Path, course: Course, screen: Console):
        self._folder = folder
        self._course = course
        self._screen = screen
        self._results: Results = {}
        self._pytest = PytestServer(folder, course)
        self._exercise = course.names[0]
        self._thread = ThreadPoolExecutor(1)
        # What runs returns what to do when it has ended.
        self._running: Future[Callable[[], None]] | None = None
        self._cancel = threading.Event()

    def run(self, exercise: str = "") -> None:
        """Watch until `q` or Ctrl-C.

        Args:
            exercise: the first exercise to show; by default the first one that is not done.

        Raises:
            OSError: if the results cannot be saved.
        """
        self._results = cached_results(self._folder, self._course)
        self._exercise = exercise or next_exercise(self._course, self._results) or self._course.names[0]
        # First of all, so that no key pressed while tests run is lost.
        with single_keys() as key, self._pytest, self._thread:
            try:
                self._loop(key)
            finally:
                self._cancel.set()

    def _loop(self, key: KeyReader) -> None:
        from watchfiles import watch  # a compiled module, needed only here

        self._examine()
        changes = watch(
            self._folder / "exercises",
            step=_BURST_MILLISECONDS,
            debounce=_BURST_MILLISECONDS * 20,
            rust_timeout=_LOOK_MILLISECONDS,
            yield_on_timeout=True,
            raise_interrupt=True,
        )
        for changed in changes:
            self._wait(0)
            saved = {Path(path).stem.removeprefix("test_") for _, path in changed}
            named = [name for name in self._course.names if name in saved]
            if named:
                # The learner works on the saved exercise. If several were saved, keep the current one.
                self._exercise = self._exercise if self._exercise in named else named[0]
                self._examine()
            if not self._press(key()):
                return

    def _examine(self) -> None:
        """Run the suite of the current exercise and show the result."""
        self._show(Text(f"running the tests of {self._exercise}...", "dim"))
        self._pytest.prepare(self._exercise)
        self._test([self._exercise], self._show_exercise)

    def _show_exercise(self) -> None:
        self._show(exercise_text(self._course, self._exercise, self._results))

    def _test(self, names: list[str], then: Callable[[], None]) -> None:
        """Run suites."""

        def run(cancel: threading.Event) -> Callable[[], None]:
            found = results(self._folder, self._course, names, cancel)

            def show() -> None:
                self._results = {**self._results, **found}
                then()

            return show

        self._start(run)

    def _start(self, run: Callable[[threading.Event], Callable[[], None]]) -> None:
        """Run this instead of what runs now, in another thread: keys and saved files are looked at meanwhile."""
        self._cancel.set()
        self._cancel = threading.Event()
        self._running = self._thread.submit(run, self._cancel)
        self._wait(_USUAL_SECONDS)

    def _wait(self, seconds: float) -> None:
        """Show the result of what runs, if it ends within that time."""
        if not self._running or not wait([self._running], seconds).done:
            return
        running, self._running = self._running, None
        try:
            show = running.result()
        except (CannotRun, NoDemonstration) as error:
            self._show(Text(str(error)))
        except Cancelled:
            return
        else:
            show()

    def _press(self, key: str) -> bool:
        """Handle a key; return False to stop."""
        if key == "q":
            return False
        if key == "n":
            following = next_exercise(self._course, self._results, after=self._exercise)
            if following:
                self._exercise = following
            self._examine()
        elif key == "h":
            try:
                hints = next_hints(self._folder, self._exercise)
                self._show(Group(*(hint_text(self._exercise, hint) for hint in hints)))
            except NoHints as error:
                self._show(Text(str(error)))
        elif key == "w":
            self._explain()
        elif key == "d":
            self._demonstrate()
        elif key == "l":
            self._list()
        elif key in ("\r", "\n", "r"):
            self._examine()
        return True

    def _explain(self) -> None:
        self._show(Text("looking for what the wrong answers have in common...", "dim"))
        try:
            self._show(why_text(self._exercise, why(self._folder, self._course, self._exercise)))
        except UserError as error:
            self._show(Text(str(error)))

    def _demonstrate(self) -> None:
        self._show(Text("drawing...", "dim"))

        def run(cancel: threading.Event) -> Callable[[], None]:
            text = Text(demonstrate(self._folder, self._course, self._exercise, cancel))
            return lambda: self._show(text)

        self._start(run)

    def _list(self) -> None:
        self._show(Text("running the tests of changed exercises...", "dim"))
        self._test(self._course.names, self._show_table)

    def _show_table(self) -> None:
        self._show(table(self._course, self._results, steps_read(self._folder)))

    def _show(self, what: RenderableType) -> None:
        if self._screen.is_terminal:
            self._screen.clear()
        self._screen.print(what)
        self._screen.print()
        if self._screen.is_terminal:
            self._screen.print(Text(self._keys(), "dim"))

    def _keys(self) -> str:
        result = self._results.get(self._exercise)
        following = next_exercise(self._course, self._results, after=self._exercise)
        demonstration = "d: see it at work   " if self._course.demonstration else ""
        if result and result.done:
            after = f"n: next ({following})   " if following else ""
            solution = f"solutions/{self._exercise}.py"
            compare = (
                f"\nautograder solution {self._exercise}: the reference"
                if (self._folder / solution).is_file()
                else ""
            )
            return f"{after}{demonstration}l: list   q: quit{compare}"
        return "h: hint   w: why is it wrong?   r: run again   n: next   l: list   q: quit"
