"""Kill the grader, workers, the scheduler and fork servers while a class is graded; compare the records.

python benchmarks/faults.py [--class 300] [--kills 20] [--passes 3] [--seed 0] grades a class once in peace,
then on a cluster of this machine in which something is killed again and again at random. What is killed is
started again, as systemd, Slurm or Kubernetes would; the grader with the same command. In the end, the
records must be those of the run in peace, and nobody may have been graded twice into them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from local_cluster import ROOT, Kept, LocalCluster, below, grade_command, write_class
from rich.console import Console

from autograder.records import Record, read_record

# No pass takes so long in peace or out of it.
_SECONDS = 1800

console = Console(highlight=False, soft_wrap=True)


def records(results: Path) -> dict[str, Record | None]:
    """Return the records, but for when they were made and how long that took; None for one cut in half."""
    found = {path.name: read_record(path) for path in (results / "records").iterdir()}
    return {name: record and timeless(record) for name, record in found.items()}


def timeless(record: Record) -> Record:
    """Return a record without when it was made and how long that took."""
    exercises = [
        replace(exercise, tests=[replace(test, seconds=0.0) for test in exercise.tests])
        for exercise in record.exercises
    ]
    return replace(record, graded=datetime.min, seconds=0.0, exercises=exercises)


class Mischief:
    """Kills what is asked for, and counts it."""

    def __init__(self, cluster: LocalCluster, grader: Kept, seed: int):
        self.killed: Counter[str] = Counter()
        self._cluster, self._grader = cluster, grader
        self._random = random.Random(seed)

    def again(self) -> None:
        """Kill one thing at random that is there."""
        workers = [worker.process.pid for worker in self._cluster.workers]
        family = below(workers)
        victims = {
            "grader": [self._grader.process.pid],
            "scheduler": [self._cluster.scheduler.process.pid],
            "worker command": workers,
            "worker": [number for number, (_, words) in family.items() if "spawn_main" in words],
            # Not their children: that a candidate dies is a submission's own fault.
            "fork server": [
                number
                for number, (parent, words) in family.items()
                if "autograder.forkserver.server" in words and "spawn_main" in family.get(parent, (0, ""))[1]
            ],
        }
        kind = self._random.choice([kind for kind, there in victims.items() if there])
        try:
            os.kill(self._random.choice(victims[kind]), signal.SIGKILL)
        except ProcessLookupError:
            return
        self.killed[kind] += 1


def one_pass(folder: Path, peace: dict[str, Record | None], kills: int, seed: int) -> list[str]:
    """Grade the class while things are killed, and return what is wrong in the end."""
    results, log = folder / "results", folder / "log.jsonl"
    cluster = LocalCluster(folder, 2)
    command = grade_command(folder.parent / "class", results, "--cluster", cluster.address, "--log", log)
    grader = Kept(command, folder / "grader.txt", lambda code: code != 0)
    mischief = Mischief(cluster, grader, seed)
    spread = random.Random(seed)
    begun, done_at_kill = time.monotonic(), 0
    pause = spread.uniform(0, 2 * len(peace) / (kills + 1))
    try:
        while grader.look():
            cluster.look()
            done = sum(1 for _ in (results / "records").glob("*.json")) if results.exists() else 0
            if done - done_at_kill >= pause and mischief.killed.total() < kills:
                mischief.again()
                # So that the rest of the kills are spread over the rest of the class.
                left = (len(peace) - done) / (kills + 1 - mischief.killed.total())
                done_at_kill, pause = done, spread.uniform(0, 1.5 * left)
            if time.monotonic() - begun > _SECONDS:
                return [f"not done after {_SECONDS} s"]
            time.sleep(0.1)
    finally:
        family = below([os.getpid()])
        grader.end()
        cluster.end()
    seconds = time.monotonic() - begun
    time.sleep(2)
    wrong = [
        f"still running: {words}" for number, (_, words) in family.items() if Path(f"/proc/{number}").exists()
    ]
    found = records(results)
    wrong += [f"{name} differs" for name in sorted(peace) if found.get(name) != peace[name]]
    wrong += [f"{name} is too many" for name in sorted(found.keys() - peace.keys())]
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    graded = Counter(
        line["learner"] for line in lines if line["event"] == "graded" and line["status"] == "graded"
    )
    wrong += [f"{learner} was graded {times} times" for learner, times in graded.items() if times > 1]
    if mischief.killed.total() < kills:
        wrong.append(f"only {mischief.killed.total()} kills")
    told = ", ".join(f"{kind} {count}" for kind, count in sorted(mischief.killed.items()))
    console.print(f"{len(found)} records in {seconds:.0f} s; killed: {told}; {len(wrong)} wrong")
    return wrong


def main() -> int:
    """Grade in peace, then in three passes that are disturbed; print what is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--class", dest="learners", type=int, default=300)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="faults-"))
    write_class(scratch / "class", options.learners)
    begun = time.monotonic()
    command = grade_command(scratch / "class", scratch / "peace")
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    peace = records(scratch / "peace")
    console.print(f"in peace, here: {len(peace)} records in {time.monotonic() - begun:.0f} s")
    wrong = []
    for number in range(options.passes):
        folder = scratch / f"pass{number + 1}"
        folder.mkdir()
        wrong += one_pass(folder, peace, options.kills, options.seed + number)
    for line in wrong[:20]:
        console.print(line)
    if wrong:
        console.print(f"what was printed is in {scratch}")
        return 1
    shutil.rmtree(scratch)
    return 0


if __name__ == "__main__":
    sys.exit(main())
