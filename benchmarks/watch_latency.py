"""How long `autograder watch` takes from saving a file to showing what came of it.

python benchmarks/watch_latency.py [EXERCISE ...] saves each exercise right and wrong by turns, in the folder that
learners get, and waits in a terminal of 80 columns for the screen that says so.
"""

from __future__ import annotations

import os
import pty
import re
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograder.course import read_course
from autograder.course.release import release

ROOT = Path(__file__).resolve().parent.parent
# NumPy alone, and TensorFlow.
EXERCISES = ("padding", "convolution", "layers")
RUNS = 9
RIGHT = "All tests pass."
PATIENCE = 120.0


class Screen:
    """What is on the screen of a terminal in which `watch` runs."""

    def __init__(self, folder: Path, exercise: str):
        self._side, other = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "autograder", "watch", exercise],
            cwd=folder,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "80", "TF_CPP_MIN_LOG_LEVEL": "3"},
            stdin=other,
            stdout=other,
            stderr=other,
        )
        self._seen = ""

    def wait_for(self, text: str) -> None:
        """Wait until a screen with a text in it is drawn anew."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if select.select([self._side], [], [], 0.01)[0]:
                self._seen += os.read(self._side, 65536).decode(errors="replace")
                screen = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self._seen.rpartition("\x1b[2J")[2])
                if text in screen:
                    self._seen = ""
                    return
        raise SystemExit(f"{text!r} does not come, but {self._seen[-1000:]!r}")

    def close(self) -> None:
        """Quit."""
        os.write(self._side, b"q")
        self.process.wait(PATIENCE)


def main() -> None:
    """Measure, and print a line for each exercise."""
    course = read_course(ROOT)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "learner"
        release(ROOT, course, folder)
        for exercise in course.names:
            solution = (ROOT / "solutions" / f"{exercise}.py").read_bytes()
            (folder / "exercises" / f"{exercise}.py").write_bytes(solution)
        for exercise in sys.argv[1:] or EXERCISES:
            file = folder / "exercises" / f"{exercise}.py"
            right = file.read_text(encoding="utf-8")
            begun = time.monotonic()
            screen = Screen(folder, exercise)
            screen.wait_for(RIGHT)
            started = time.monotonic() - begun
            seconds = []
            for run in range(RUNS):
                # A result that is remembered would be shown without a run.
                wrong = re.sub(r"^    return .*", f"    return {run}", right, flags=re.MULTILINE)
                text, shown = (wrong, "came back") if run % 2 == 0 else (f"{right}\n# {run}\n", RIGHT)
                time.sleep(1)
                begun = time.monotonic()
                file.write_text(text, encoding="utf-8")
                screen.wait_for(shown)
                seconds.append(time.monotonic() - begun)
            file.write_text(right, encoding="utf-8")
            screen.close()
            print(
                f"{exercise:14} saved to shown: median {statistics.median(seconds):.2f} s, "
                f"{min(seconds):.2f} to {max(seconds):.2f} s; started in {started:.1f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
