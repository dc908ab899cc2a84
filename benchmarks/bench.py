"""Print how fast the kit is: whole processes, medians of several runs, ratios to something in the same run.

Run by `make bench`. Nothing here passes or fails; the figures go into notes and the README.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table

from autograder.course import read_course
from autograder.course.variants import read_variants
from autograder.examiner.pool import ExaminerPool
from autograder.suite.proxy import ModuleProxy, SubmissionSession
from autograder.suite.remote_transport import RemoteTransport
from autograder.suite.tape import Tape
from autograder.suite.transcript import Transcript

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7


def wall(*command: str) -> float:
    """Return the seconds that a command takes, as a whole process."""
    begun = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def medians(*commands: tuple[str, ...]) -> list[float]:
    """Return the median seconds of each command, run in turn so that a slow moment hits all of them."""
    for command in commands:
        wall(*command)
    times = [[wall(*command) for command in commands] for _ in range(RUNS)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def first_feedback(row: Callable[..., None]) -> None:
    """Time a learner's run of one public suite against pytest on an empty file, and a wrong answer's run."""
    with tempfile.TemporaryDirectory() as scratch:
        empty = Path(scratch, "empty", "test_empty.py")
        empty.parent.mkdir()
        empty.write_text("def test_nothing():\n    pass\n")
        wrong = Path(scratch, "wrong")
        shutil.copytree(ROOT / "solutions", wrong)
        (wrong / "padding.py").write_text(read_variants(ROOT, "mistakes", "padding")[0].source)
        pytest = (sys.executable, "-m", "pytest")
        alone, stub, right, failing = medians(
            (*pytest, "-c", os.devnull, "-p", "no:hypothesispytest", "-p", "no:jaxtyping", str(empty)),
            (*pytest, "exercises/", "-k", "padding"),
            (*pytest, "exercises/", "-k", "padding", "--submission", "solutions"),
            (*pytest, "exercises/", "-k", "padding", "--submission", str(wrong)),
        )
        row("pytest on an empty file", f"{alone:.2f} s")
        row(
            "pytest exercises/ -k padding, untouched stub",
            f"{stub:.2f} s",
            f"{stub - alone:+.2f} s",
            "+0.60 s",
        )
        row("the same, solved", f"{right:.2f} s", f"{right - alone:+.2f} s", "+0.60 s, under 1 s")
        row("the same, a wrong answer", f"{failing:.2f} s", f"{failing / right:.2f}x the right one", "3x")


def hidden_suites(row: Callable[..., None]) -> None:
    """Measure the CPU of all hidden suites, examiner and candidate together, and wrong answers against right ones."""
    course = read_course(ROOT)
    solutions = {f"{name}.py": (ROOT / "solutions" / f"{name}.py").read_bytes() for name in course.names}
    suites = {name: ROOT / "tests" / "hidden" / f"test_{name}.py" for name in course.names}
    times = []
    for repeats in (1, 4):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with ExaminerPool(ROOT, course) as examiners:
            for _ in range(repeats):
                examination = examiners.examine(solutions, list(suites.values()))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    passed = sum(result.failure is None for result in examination.results.values())
    row(
        f"all {len(suites)} hidden suites on the solutions ({passed}/{len(examination.listed)} pass), CPU",
        f"{(times[1] - times[0]) / 3:.1f} s",
        "",
        "10 s for twelve",
    )
    with ExaminerPool(ROOT, course) as examiners:

        def examine(source: bytes, name: str) -> float:
            begun = time.perf_counter()
            examiners.examine({**solutions, f"{name}.py": source}, [suites[name]])
            return time.perf_counter() - begun

        examiners.examine(solutions, list(suites.values()))
        worst = ("", 0.0)
        for name in course.names:
            right = statistics.median(examine(solutions[f"{name}.py"], name) for _ in range(3))
            for mistake in read_variants(ROOT, "mistakes", name):
                ratio = examine(mistake.source.encode(), name) / right
                worst = max(worst, (f"{name}/{mistake.name}", ratio), key=lambda pair: pair[1])
    row(f"dearest mistake, {worst[0]}, against the solution", f"{worst[1]:.2f}x", "", "3x")


def loop_free(row: Callable[..., None]) -> None:
    """Compare a convolution without a loop with one in loops, which passes too, on 8 images of 28 by 28."""
    loops = next(
        variant for variant in read_variants(ROOT, "alternatives", "convolution") if variant.name == "loops"
    )
    reference: dict[str, Any] = {}
    looping: dict[str, Any] = {}
    sys.path.insert(0, str(ROOT / "solutions"))  # for the given modules
    exec((ROOT / "solutions" / "convolution.py").read_text(), reference)
    exec(loops.source, looping)
    rng = np.random.default_rng(0)
    shapes = (8, 28, 28, 16), (5, 5, 16, 36), (36,)
    images, kernel, bias = (rng.random(shape, np.float32) for shape in shapes)
    times: dict[str, list[float]] = {"reference": [], "loops": []}
    for _ in range(RUNS):
        for name, module in (("reference", reference), ("loops", looping)):
            begun = time.perf_counter()
            module["conv2d"](images, kernel, bias)
            times[name].append(time.perf_counter() - begun)
    fast, slow = (statistics.median(times[name]) for name in ("reference", "loops"))
    row(
        "conv2d without a loop, 8 x 28 x 28 x 16, 36 filters",
        f"{fast * 1e3:.0f} ms",
        f"{slow / fast:.0f}x the loops' speed",
    )


def one_call(row: Callable[..., None]) -> None:
    """Time one call across the process boundary, small arguments."""
    course = read_course(ROOT)
    files = {"padding.py": (ROOT / "solutions" / "padding.py").read_bytes()}
    with ExaminerPool(ROOT, course, ["padding"]) as examiners:
        transcript, servers = Transcript(), examiners.servers
        address, start = servers.running().candidates.address, servers.start_message(files)
        transport = RemoteTransport(address, start, course.limits)
        padding = ModuleProxy(SubmissionSession(transport, transcript, Tape()), "padding")
        times = []
        for _ in range(5000):
            begun = time.perf_counter()
            padding.same_padding(28, 5, 1)
            times.append(time.perf_counter() - begun)
            transcript.begin_test()
    row(
        "one call to the candidate and back, small arguments",
        f"{statistics.median(times) * 1e6:.0f} µs",
        "",
        "150 µs",
    )


def a_class(row: Callable[..., None]) -> None:
    """Grade 2, 20 and 200 copies of one exercise: time, and the grader's own memory."""
    for copies in (2, 20, 200):
        with tempfile.TemporaryDirectory() as scratch:
            for number in range(copies):
                folder = Path(scratch, "submissions", f"copy{number}")
                folder.mkdir(parents=True)
                source = (ROOT / "solutions" / "padding.py").read_text()
                # No two alike, so that nothing is graded once for all.
                (folder / "padding.py").write_text(f"{source}\n# {number}\n")
            command = [
                sys.executable,
                "-m",
                "autograder",
                "grade",
                f"{scratch}/submissions",
                "--only",
                "padding",
            ]
            begun = time.perf_counter()
            grader = subprocess.Popen(
                [*command, "--out", f"{scratch}/out"], cwd=ROOT, stdout=subprocess.DEVNULL
            )
            peak = 0
            while grader.poll() is None:
                try:
                    status = Path(f"/proc/{grader.pid}/status").read_text()
                    line = next(
                        (line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0"
                    )
                    peak = max(peak, int(line.split()[1]))
                except OSError:
                    pass
                time.sleep(0.05)
            seconds = time.perf_counter() - begun
        row(
            f"grading {copies} copies of one exercise",
            f"{seconds:.1f} s",
            f"grader's peak {peak / 1024:.0f} MiB",
        )


def main() -> None:
    """Print the table."""
    console = Console(width=120)
    table = Table(box=box.SIMPLE_HEAD, title=f"{os.cpu_count()} cores, Python {sys.version.split()[0]}")
    for column in ("what", "measured", "against", "goal, at most"):
        table.add_column(column)

    def row(*cells: str) -> None:
        table.add_row(*cells)
        console.print("  ".join(cells), style="dim", markup=False)

    for benchmark in (first_feedback, one_call, loop_free, hidden_suites, a_class):
        benchmark(row)
    console.print(table)


if __name__ == "__main__":
    main()
