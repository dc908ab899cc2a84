"""How fast a class is graded by more workers, what a whole course takes, and what a class of ten thousand.

python benchmarks/scale.py [--copies 300] [--runs 3] [--whole 30] [--class 10000] grades a light exercise here
and on a cluster of this machine, then the whole course, then a large class, and prints what it took: time,
processor time, memory, disk.
Rates are those of a run that goes: without its first fifth, in which workers warm up.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from local_cluster import AUTOGRADER, EXERCISE, ROOT, LocalCluster, below, grade_command, write_class
from rich import box
from rich.console import Console
from rich.table import Table

from autograder.cluster.bundle import bundle
from autograder.course import read_course
from autograder.course.grading_files import course_files

_LOOK_SECONDS = 1.0
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")

console = Console(highlight=False, soft_wrap=True)


def memory_mib(process: int) -> float:
    """Return the memory that a process holds now; 0 for one that has ended."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE / 2**20
    except OSError:
        return 0.0


def cpu_seconds(process: int) -> float:
    """Return the processor time that a process has used, without its children's; 0 for one that has ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


@dataclass
class Run:
    """A run of the grader, as its log and its processes tell.

    Attributes:
        done: when each submission was done, in seconds.
        cpu: of each watched process, processor time for a submission, in seconds.
        memory: by role, the most memory that one process of it held, in MiB.
        course: the grader's memory whenever it was looked at, with the number that was done.
    """

    done: list[float] = field(default_factory=list)
    cpu: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    course: list[tuple[int, float]] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Submissions a second, once all workers are warm."""
        warm = len(self.done) // 5
        return (len(self.done) - 1 - warm) / (self.done[-1] - self.done[warm])


def role_of(words: str) -> str:
    """Return what a process is, by its command; empty for one that is of no interest."""
    for mark, role in (
        ("ExaminerHandler", "examiners' fork server"),
        ("CandidateHandler", "candidates' fork server"),
        ("spawn_main", "worker"),
        ("autograder worker", "worker's command"),
        ("dask scheduler", "scheduler"),
        ("autograder grade", "grader"),
    ):
        if mark in words and "bwrap" not in words:
            return role
    return ""


def watch(command: list[str], log: Path) -> Run:
    """Run the grader, look at all processes of this benchmark meanwhile, and read the log afterwards."""
    run = Run()
    grader = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    first: dict[str, float] = {}
    begun = last = 0
    while grader.poll() is None:
        time.sleep(_LOOK_SECONDS)
        finished = log.read_bytes().count(b'"event": "graded"') if log.exists() else 0
        used: dict[str, float] = {}
        for process, (_, words) in below([os.getpid()]).items():
            if role := role_of(words):
                held = memory_mib(process)
                run.memory[role] = max(run.memory.get(role, 0.0), held)
                used[role] = used.get(role, 0.0) + cpu_seconds(process)
                if process == grader.pid:
                    run.course.append((finished, held))
        if finished and not begun:
            first, begun = used, finished
        elif finished > last > 0 and grader.poll() is None:
            run.cpu = {
                role: (used[role] - first.get(role, 0.0)) / (finished - begun)
                for role in ("grader", "scheduler")
                if role in used
            }
        last = finished
    if grader.returncode:
        raise SystemExit(f"{' '.join(command)}: exit code {grader.returncode}")
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    times = [datetime.fromisoformat(line["time"]) for line in lines if line["event"] == "graded"]
    run.done = [(one - times[0]).total_seconds() for one in times]
    return run


@contextmanager
def cluster_of(workers: int, folder: Path) -> Iterator[list[str]]:
    """Run a cluster of this machine, and give the options that have it used; none of it for no workers."""
    if not workers:
        yield []
        return
    folder.mkdir()
    cluster = LocalCluster(folder, workers)
    try:
        while any("ready" not in (folder / f"worker{number}.txt").read_text() for number in range(workers)):
            time.sleep(0.2)
        yield ["--cluster", cluster.address]
    finally:
        cluster.end()


def throughput(scratch: Path, copies: int, runs: int) -> None:
    """Compare workers, here and on a cluster; print a table."""
    write_class(scratch / "few", copies, mistakes=False)
    ways = {
        "1 worker here (-j 1)": (0, ["-j", "1"]),
        "2 workers here (-j 2)": (0, ["-j", "2"]),
        "cluster, 1 worker process": (1, []),
        "cluster, 2 worker processes": (2, []),
    }
    found: dict[str, list[Run]] = {way: [] for way in ways}
    for number in range(runs):
        for index, (way, (workers, options)) in enumerate(ways.items()):
            name = f"{number}-{index}"
            with cluster_of(workers, scratch / f"cluster-{name}") as more:
                log = scratch / f"log-{name}"
                command = grade_command(
                    scratch / "few", scratch / f"out-{name}", "--log", log, *options, *more
                )
                found[way].append(watch(command, log))
    rates = {way: statistics.median(run.rate for run in one) for way, one in found.items()}
    alone, two, clustered_alone, clustered = rates.values()
    title = f"{copies} right submissions of {EXERCISE}, {runs} runs, medians"
    table = Table(box=box.SIMPLE_HEAD, title=title)
    for column in ("", "a second", "against 1 worker here", "efficiency"):
        table.add_column(column)
    table.add_row("1 worker here (-j 1)", f"{alone:.2f}", "", "")
    table.add_row("2 workers here (-j 2)", f"{two:.2f}", f"{two / alone:.2f}x", f"{two / alone / 2:.2f}")
    table.add_row(
        "cluster, 1 worker process", f"{clustered_alone:.2f}", f"{clustered_alone / alone:.2f}x", ""
    )
    table.add_row(
        "cluster, 2 worker processes",
        f"{clustered:.2f}",
        f"{clustered / alone:.2f}x",
        f"{clustered / two:.2f} of 2 workers here, {clustered / clustered_alone / 2:.2f} of twice 1 process",
    )
    console.print(table)
    for role in ("grader", "scheduler"):
        spent = [run.cpu[role] for run in found["cluster, 2 worker processes"] if role in run.cpu]
        console.print(f"{role}: {1000 * statistics.median(spent):.1f} ms of processor time a submission")
    print_memory(found["cluster, 2 worker processes"][-1].memory)
    course = read_course(ROOT)
    packed = bundle(course_files(ROOT, course), course.with_needs([EXERCISE])).packed
    console.print(f"the course goes with each submission: {len(packed) / 1024:.0f} KiB")


def print_memory(memory: dict[str, float]) -> None:
    """Print the most memory that one process of each role held, in MiB."""
    for role, mib in sorted(memory.items()):
        console.print(f"{role}: at most {mib:.0f} MiB")


def size_mb(folder: Path) -> float:
    """Return how large the files below a folder are, together."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def whole_course(scratch: Path, learners: int) -> None:
    """Grade every exercise of a small class; print what a submission costs."""
    names = read_course(ROOT).names
    table = Table(
        box=box.SIMPLE_HEAD, title=f"{learners} submissions of all {len(names)} exercises, 2 workers here"
    )
    for column in ("", "a second", "core-seconds a submission", "record", "feedback"):
        table.add_column(column)
    memory: dict[str, float] = {}
    for what, mistakes in (("all right", False), ("nearly all with a known mistake", True)):
        submissions, out, log = (scratch / f"{what}{kind}" for kind in ("", ", out", ".jsonl"))
        write_class(submissions, learners, mistakes, names)
        run = watch(grade_command(submissions, out, "--log", log, "-j", "2", exercises=names), log)
        sizes = [f"{1000 * size_mb(out / kind) / learners:.0f} kB" for kind in ("records", "feedback")]
        table.add_row(what, f"{run.rate:.3f}", f"{2 / run.rate:.1f}", *sizes)
        memory = {role: max(mib, memory.get(role, 0.0)) for role, mib in run.memory.items()}
    console.print(table)
    print_memory(memory)


def timed(command: list[str]) -> tuple[float, float]:
    """Run a command, and return its seconds and the most memory that it held, in MiB."""
    begun = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    peak = 0.0
    ended = threading.Event()

    def look() -> None:
        nonlocal peak
        while not ended.wait(_LOOK_SECONDS / 10):
            peak = max(peak, memory_mib(process.pid))

    looking = threading.Thread(target=look)
    looking.start()
    code = process.wait()
    ended.set()
    looking.join()
    if code:
        raise SystemExit(f"{' '.join(command)}: exit code {code}")
    return time.monotonic() - begun, peak


def large_class(scratch: Path, learners: int) -> None:
    """Grade a large class, twice, and make its reports; print what that took."""
    write_class(scratch / "class", learners)
    out, log = scratch / "out", scratch / "log"
    command = grade_command(scratch / "class", out, "--log", log, "-j", "2")
    run = watch(command, log)
    table = Table(box=box.SIMPLE_HEAD, title=f"{learners} submissions of {EXERCISE}, 2 workers here")
    for column in ("done", "a second, since the row above", "grader's memory"):
        table.add_column(column, justify="right")
    # Between two submissions there is one time.
    step = max(learners // 10, 2)
    for end in range(step, learners + 1, step):
        seconds = run.done[end - 1] - run.done[end - step]
        held = next((mib for finished, mib in run.course if finished >= end), run.course[-1][1])
        table.add_row(str(end), f"{(step - 1) / seconds:.2f}", f"{held:.0f} MiB")
    console.print(table)
    console.print(f"all: {run.rate:.2f} a second, {run.done[-1] / 60:.1f} min")
    print_memory(run.memory)
    for name in ("records", "feedback"):
        console.print(f"{name}: {size_mb(out / name):.0f} MB")
    console.print(f"log: {log.stat().st_size / 1e6:.1f} MB")
    for what, words in (
        ("graded again, nothing has changed", command),
        ("report", [*AUTOGRADER, "report", str(out)]),
        ("report --compare", [*AUTOGRADER, "report", str(out), "--compare", str(scratch / "class")]),
    ):
        seconds, peak = timed(words)
        console.print(f"{what}: {seconds:.0f} s, at most {peak:.0f} MiB")
    page = (out / "report" / "index.html").stat().st_size / 1e6
    console.print(f"report: {size_mb(out / 'report'):.0f} MB, of which the class page {page:.1f} MB")


def main() -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--copies", type=int, default=300)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--whole", type=int, default=30)
    parser.add_argument("--class", dest="learners", type=int, default=10_000)
    options = parser.parse_args()
    console.print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory(prefix="scale-") as scratch:
        if options.copies:
            throughput(Path(scratch), options.copies, options.runs)
        if options.whole:
            whole_course(Path(scratch), options.whole)
        if options.learners:
            large_class(Path(scratch), options.learners)
    return 0


if __name__ == "__main__":
    sys.exit(main())
