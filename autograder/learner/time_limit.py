"""Stop a learner's code that runs too long, and notice Ctrl-C while it runs.

A clock looks ten times per limit whether the learner's code runs. So the time to import a library does not count, which
can be a minute for TensorFlow, nor the time at a debugger's prompt.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, TracebackType

from autograder.candidate import TimeUp

# How often the clock ticks within the time limit. Code that catches every exception is stopped again at the next tick.
_TICKS = 10
_DEBUGGERS = ("pydevd", "debugpy")
# Windows has no alarms.
_HAS_ALARM = hasattr(signal, "setitimer")
# Where there is no alarm: set when the clock of the current call has stopped.
_stopped = threading.Event()


def stop_the_clock() -> None:
    """Switch the time limit off for the current call, because a debugger has stopped it."""
    if _HAS_ALARM:
        signal.setitimer(signal.ITIMER_REAL, 0)
    _stopped.set()


class TimeLimit:
    """Runs code of the modules in a folder for at most some seconds.

    Args:
        folder: of the learner's modules.
        seconds: the longest time.
    """

    def __init__(self, folder: Path, seconds: float):
        self._folder = f"{folder.resolve()}{os.sep}"
        self._seconds = seconds
        self._ticks = 0
        self._is_a_tick = False
        self.interrupted = False
        """True if Ctrl-C was pressed while code ran."""
        self.interrupted_at: TracebackType | None = None
        """Where the learner's code was then, None if it did not run."""

    @contextmanager
    def running(self) -> Iterator[None]:
        """Raise `TimeUp` in the code that runs in this context once its time is up.

        There is no limit under a debugger, nor outside the main thread, because only that gets signals. Where there
        are no alarms, as on Windows, a thread keeps the time and interrupts the main thread as Ctrl-C does.
        """
        self.interrupted, self.interrupted_at, self._ticks = False, None, 0
        tracer = sys.gettrace()
        # Coverage traces code too, but nobody is debugging.
        traced = tracer is not None and not type(tracer).__module__.startswith("coverage")
        debugged = traced or any(name in sys.modules for name in _DEBUGGERS)
        if debugged or threading.current_thread() is not threading.main_thread():
            yield
            return
        formers = [(signal.SIGINT, signal.signal(signal.SIGINT, self._interrupt))]
        if _HAS_ALARM:
            formers.append((signal.SIGALRM, signal.signal(signal.SIGALRM, self._tick)))
            signal.setitimer(signal.ITIMER_REAL, self._seconds / _TICKS, self._seconds / _TICKS)
        else:
            _stopped.clear()
            clock = threading.Thread(target=self._interrupt_in_time, daemon=True)
            clock.start()
        try:
            yield
        finally:
            stop_the_clock()
            if not _HAS_ALARM:
                clock.join()
            for number, former in formers:
                signal.signal(number, former)

    def _interrupt_in_time(self) -> None:
        """Do what the alarm does, from another thread."""
        while not _stopped.wait(self._seconds / _TICKS):
            self._is_a_tick = True
            _thread.interrupt_main()

    def _tick(self, number: int, frame: FrameType | None) -> None:
        del number
        if not self._is_learners(frame):
            return
        self._ticks += 1
        if self._ticks >= _TICKS:
            raise TimeUp(f"no answer within {self._seconds:g} s")

    def _is_learners(self, frame: FrameType | None) -> bool:
        """Tell whether the learner's code runs, or a library's for it; not one that is being imported."""
        while frame:
            if frame.f_code.co_filename.startswith(self._folder):
                return True
            if "importlib._bootstrap" in frame.f_code.co_filename:
                return False
            frame = frame.f_back
        return False

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        if self._is_a_tick:
            self._is_a_tick = False
            self._tick(number, frame)
            return
        self.interrupted = True
        while frame and not frame.f_code.co_filename.startswith(self._folder):
            frame = frame.f_back
        self.interrupted_at = TracebackType(None, frame, frame.f_lasti, frame.f_lineno) if frame else None
        raise KeyboardInterrupt
