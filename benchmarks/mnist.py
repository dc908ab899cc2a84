"""Train every network of the course on real MNIST, and print the table of the README.

python benchmarks/mnist.py FOLDER [ROW ...]: the folder holds the four IDX files of MNIST. Each row is one
command of the trainer, run as anybody would run it. All rows take about an hour and a half on two cores; the
number of a row, or several, runs these alone.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

KIT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Row:
    """One training.

    Attributes:
        what: is trained.
        tutorial: the figure that the tutorials print, or the goal.
        options: of `python -m trainer`.
    """

    what: str
    tutorial: str
    options: str


BEYOND = "--augment --dropout 0.5 --precision bfloat16 --decay-every 1500"
ROWS = (
    Row("one layer", "about 60 %", "linear --iterations 3000"),
    Row("three dense layers", "85.7 %", "dense --iterations 5500"),
    Row(
        "small_vgg, N(0, 1)", "81.9 %", "small_vgg --initializer large --learning-rate 1e-6 --iterations 1500"
    ),
    Row("small_vgg, N(0, 1) x 0.01", "5-10 %", "small_vgg --initializer small --iterations 1500"),
    Row("small_vgg, He and Glorot", "97.3 %", "small_vgg --iterations 1500"),
    Row("5 x 5 CNN, 0 iterations", "9.8-10.4 %", "cnn --iterations 0"),
    Row("5 x 5 CNN, 1", "9.0-10.9 %", "cnn --iterations 1"),
    Row("5 x 5 CNN, 100", "66.3-87.5 %", "cnn --iterations 100"),
    Row("5 x 5 CNN, 1,000", "93.3-96.6 %", "cnn --iterations 1000"),
    Row("5 x 5 CNN, 10,000", "98.5-98.9 %", "cnn --iterations 10000"),
    Row("early stopping, best restored", "98.3-98.4 %", "cnn --iterations 10000 --patience 1000"),
    Row("VGG, at most 1,000", "97.86 %", "vgg --iterations 1000 --precision bfloat16"),
    Row(
        "5 x 5 CNN, further",
        "99.2 %",
        f"cnn --iterations 12000 --learning-rate 1e-3 --filters 32,64 {BEYOND}",
    ),
    Row("VGG, further", "99.4 %", f"vgg --iterations 6000 --learning-rate 3e-4 {BEYOND}"),
)


def run(row: Row, data: Path) -> str:
    """Train one row and return its line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            *(sys.executable, "-m", "trainer", *row.options.split(), "--parts", "solutions"),
            *(
                "--data",
                "mnist",
                "--data-folder",
                str(data),
                "--folder",
                folder,
                "--overwrite",
                "--no-pictures",
            ),
        ]
        finished = subprocess.run(command, cwd=KIT, capture_output=True, text=True, check=False)
    if finished.returncode:
        return f"| {row.what} | {row.tutorial} | failed: {finished.stderr.strip()} | | `{row.options}` |"
    accuracy = re.search(r"test accuracy: (.*)", finished.stdout)
    seconds = re.search(r"training time: (\S+)", finished.stdout)
    made = re.findall(r"iteration +([\d,]+):", finished.stdout)
    assert accuracy
    assert seconds
    stopped = f", stopped at {made[-1]}" if "no improvement" in finished.stdout else ""
    return f"| {row.what} | {row.tutorial} | {accuracy[1]}{stopped} | {seconds[1]} | `{row.options}` |"


def main(folder: str, *chosen: str) -> None:
    """Print the table, row by row."""
    print(
        "| what | tutorials | test accuracy | time | `python -m trainer ...` |\n|---|---|---|---|---|",
        flush=True,
    )
    for number, row in enumerate(ROWS, 1):
        if not chosen or str(number) in chosen:
            print(run(row, Path(folder).resolve()), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
