"""What the sandbox costs, and a class of 500 with hanging and hostile submissions in it.

python benchmarks/sandbox.py [SUBMISSIONS]: prints a table. Ratios are of medians of runs that take
turns.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from itertools import cycle, islice
from pathlib import Path

from autograder.course import read_course
from autograder.course.variants import read_variants
from autograder.examiner.pool import ExaminerPool
from autograder.sandbox import Level, usage

ROOT = Path(__file__).resolve().parent.parent
LEVELS = (Level.none, Level.namespaces)
# What the fork servers and their children have in their commands.
HANDLERS = {b"ExaminerHandler": "examiner", b"CandidateHandler": "candidate"}
# How the class is made up, in shares of it.
HALF_DONE, WRONG, HOSTILE, HANGING = 0.2, 0.2, 0.12, 0.02


def overhead() -> None:
    """Time a submission without a test and with one that asks nothing, at both levels, warm."""
    course = read_course(ROOT)
    files = {f"{name}.py": (ROOT / "solutions" / f"{name}.py").read_bytes() for name in course.names}
    with tempfile.TemporaryDirectory() as scratch:
        suite = Path(scratch, "test_padding.py")
        suite.write_text("def test_nothing(padding):\n    padding.output_size(5, 3, 1, 'SAME')\n")
        with (
            ExaminerPool(ROOT, course) as plain,
            ExaminerPool(ROOT, course, level=Level.namespaces) as walled,
        ):
            times: dict[Level, list[float]] = {level: [] for level in LEVELS}
            for _ in range(21):
                for level, examiners in zip(LEVELS, (plain, walled), strict=True):
                    begun = time.perf_counter()
                    examiners.examine(files, [suite])
                    times[level].append(time.perf_counter() - begun)
    for level in LEVELS:
        seconds = statistics.median(times[level][1:])
        print(f"| one submission, one call, warm, sandbox {level.value} | {seconds:.3f} s | at most 0.15 s |")


def whole_suites() -> None:
    """Time all hidden suites on the solutions, with and without the sandbox."""
    course = read_course(ROOT)
    files = {f"{name}.py": (ROOT / "solutions" / f"{name}.py").read_bytes() for name in course.names}
    suites = [ROOT / "tests" / "hidden" / f"test_{name}.py" for name in course.names]
    with ExaminerPool(ROOT, course) as plain, ExaminerPool(ROOT, course, level=Level.namespaces) as walled:
        times: dict[Level, list[float]] = {level: [] for level in LEVELS}
        for _ in range(6):
            for level, examiners in zip(LEVELS, (plain, walled), strict=True):
                begun = time.perf_counter()
                examination = examiners.examine(files, suites)
                times[level].append(time.perf_counter() - begun)
                assert all(result.failure is None for result in examination.results.values())
    without, within = (statistics.median(times[level][1:]) for level in LEVELS)
    print(f"| all hidden suites on the solutions, no sandbox | {without:.2f} s | |")
    print(f"| the same, sandbox namespaces | {within:.2f} s, {within / without:.2f}x | at most 1.15x |")


class Memory(threading.Thread):
    """Looks at a process and all below it, and keeps the most memory that each kind had of its own."""

    def __init__(self, process: int):
        super().__init__(daemon=True)
        self._process = process
        self.most: dict[str, int] = defaultdict(int)

    def run(self) -> None:
        """Look until the process has gone."""
        while Path(f"/proc/{self._process}").exists():
            for one in usage.with_descendants(self._process):
                try:
                    words = Path(f"/proc/{one}/cmdline").read_bytes()
                except OSError:
                    continue
                kinds = [kind for handler, kind in HANDLERS.items() if handler in words]
                kind = kinds[0] if kinds else "grader"
                self.most[kind] = max(self.most[kind], usage.own_memory(one))
            time.sleep(0.2)


def make_class(folder: Path, count: int) -> Counter[str]:
    """Write a class of that many, and return how many of each kind there are."""
    solution = (ROOT / "solutions" / "padding.py").read_text(encoding="utf-8")
    attacks = sorted(path for path in (ROOT / "tests" / "attacks").iterdir() if path.is_dir())
    mistakes = cycle(variant.source for variant in read_variants(ROOT, "mistakes", "padding"))
    kinds = {
        "half done": int(count * HALF_DONE),
        "wrong": int(count * WRONG),
        "hostile": int(count * HOSTILE),
        "hanging": int(count * HANGING),
    }
    kinds["right"] = count - sum(kinds.values())
    for kind, number in kinds.items():
        for place, attack in zip(range(number), islice(cycle(attacks), number), strict=True):
            # Mixed by their names, because a class is graded in their order.
            target = folder / f"{place * 7919 % 1000:03d}_{kind.replace(' ', '_')}_{place}"
            if kind == "hostile":
                shutil.copytree(attack, target)
                continue
            target.mkdir()
            source = {
                "right": solution,
                "half done": solution.replace("def pad_images", "def other_images"),
                "wrong": next(mistakes),
                "hanging": "while True:\n    pass\n",
            }[kind]
            (target / "padding.py").write_text(source, encoding="utf-8")
    return Counter(kinds)


def mixed_class(count: int) -> None:
    """Grade the class by the command line, and look at what it used and what it left."""
    with tempfile.TemporaryDirectory(dir="/tmp") as scratch:
        folder = Path(scratch, "class")
        folder.mkdir()
        (Path(scratch) / "tmp").mkdir()
        kinds = make_class(folder, count)
        mounts = Path("/proc/mounts").read_text()
        begun = time.perf_counter()
        grader = subprocess.Popen(
            [
                *(sys.executable, "-m", "autograder", "grade", folder),
                *("--out", f"{scratch}/out"),
                "--only",
                "padding",
            ],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": f"{scratch}/tmp"},
            stdout=subprocess.DEVNULL,
        )
        memory = Memory(grader.pid)
        memory.start()
        grader.wait()
        seconds = time.perf_counter() - begun
        memory.join()
        records = len(list(Path(scratch, "out", "records").iterdir()))
        left = [
            f"{len(os.listdir(f'{scratch}/tmp'))} temporary files",
            f"{'no' if Path('/proc/mounts').read_text() == mounts else 'some'} mounts",
            f"{len(_processes_left())} processes",
        ]
    made_of = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
    print(f"| {count} submissions ({made_of}) | {seconds:.0f} s | |")
    print(f"| records | {records} | {count} |")
    for kind, most in memory.most.items():
        print(f"| most memory of a process of its own, {kind} | {most / 2**20:.0f} MiB | |")
    print(f"| left behind | {', '.join(left)} | nothing |")


def _processes_left() -> list[int]:
    """Return the processes that still say that they are a part of a grader."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if b"autograder.forkserver.server" in line or b"left-behind" in line:
            found.append(int(process.name))
    return found


if __name__ == "__main__":
    print("| | measured | goal |\n|---|---|---|")
    overhead()
    whole_suites()
    mixed_class(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
