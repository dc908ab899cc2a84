"""What submissions that hang, sleep and fork cost the class they are in.

python benchmarks/load.py [HONEST STARVING]: grades a class of honest submissions, then one of the same size in which
some starve their neighbours, at `-j 2`. Prints the two times, their ratio, and how many honest ones kept their points.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_SAME = "same_padding = pad_images = crop_or_pad = output_size\n"
# Each replaces padding.py, which three other exercises call.
STARVING = (
    # Sixty processes, each in a new session, and answers just within the time limit.
    "import os, time\n"
    "for _ in range(60):\n"
    "    try:\n"
    "        if os.fork() == 0:\n"
    "            os.setsid()\n"
    "            while True: pass\n"
    "    except OSError: break\n"
    "def output_size(*args, **kwargs):\n"
    "    time.sleep(9)\n"
    "    return -1\n" + _SAME,
    "def output_size(*args, **kwargs):\n    while True: pass\n" + _SAME,
    "import time\ndef output_size(*args, **kwargs):\n    time.sleep(1e6)\n" + _SAME,
    "import threading\n"
    "def _spin():\n"
    "    while True: pass\n"
    "def output_size(*args, **kwargs):\n"
    "    for _ in range(8): threading.Thread(target=_spin, daemon=True).start()\n"
    "    _spin()\n" + _SAME,
)


def graded(folder: Path, out: Path) -> tuple[float, dict[str, str]]:
    """Grade a class; return the seconds, and each learner's points."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "autograder", "grade", str(folder), "--out", str(out), "-j", "2"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - begun
    with (out / "class.csv").open(newline="") as table:
        return seconds, {row["learner"]: row["earned"] for row in csv.DictReader(table)}


def write_class(folder: Path, honest: int, starving: int) -> None:
    """Write the submissions, the starving ones spread among the honest ones."""
    stride = (honest + starving) // starving if starving else 0
    for number in range(honest + starving):
        starves = stride and number % stride == 1 and number // stride < starving
        own = folder / f"{'starving' if starves else 'honest'}{number:02}"
        own.mkdir(parents=True)
        for path in (ROOT / "solutions").glob("*.py"):
            text = path.read_text()
            if starves and path.name == "padding.py":
                text = STARVING[number // stride % len(STARVING)]
            (own / path.name).write_text(f"{text}\n# {number}\n")


def main(honest: int, starving: int) -> None:
    """Grade both classes and print the figures."""
    with tempfile.TemporaryDirectory() as scratch:
        peace, load = Path(scratch, "peace"), Path(scratch, "load")
        write_class(peace, honest + starving, 0)
        write_class(load, honest, starving)
        seconds, points = graded(peace, Path(scratch, "peace results"))
        loaded, mixed = graded(load, Path(scratch, "load results"))
    whole = max(points.values(), key=float)
    kept = sum(mixed[name] == whole for name in mixed if name.startswith("honest"))
    asked = sum(name.startswith("honest") for name in mixed)
    print(f"{len(points)} honest: {seconds:.0f} s; with {len(mixed) - asked} that starve: {loaded:.0f} s")
    print(f"ratio {loaded / seconds:.2f}; {kept} of {asked} honest ones have their points")
    print(f"load average {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:] or ("40", "20")))
