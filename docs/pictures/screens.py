"""Draw the README's two screens: a learner's terminal, and the class page of a graded class.

Run by `make screens`, after `make grade`: `python docs/pictures/screens.py results/examples`.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from autograder.course.release import init_files
from autograder.course.variants import read_variants
from autograder.files import write_folder

ROOT = Path(__file__).resolve().parents[2]
PICTURES = Path(__file__).parent
MISTAKE = "odd_pixel_before"
WIDTH, HEIGHT = 1200, 1250


def terminal() -> None:
    """Draw what a learner sees of one known mistake in `padding`."""
    (mistake,) = (one for one in read_variants(ROOT, "mistakes", "padding") if one.name == MISTAKE)
    with tempfile.TemporaryDirectory() as folder:
        write_folder(Path(folder), init_files(with_solutions=False))
        (Path(folder) / "exercises" / "padding.py").write_text(mistake.source)
        command = [sys.executable, "-m", "pytest", "exercises/", "-k", "padding", "--color=yes"]
        environment = {"COLUMNS": "88", "PATH": ""}
        printed = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True).stdout
    lines = printed.splitlines()
    failure = next(number for number, line in enumerate(lines) if "FAILURES" in line)
    table = next(number for number, line in enumerate(lines) if "Convolutional" in line)
    shown = ["$ pytest exercises/ -k padding", *lines[failure : failure + 8], "", "...", *lines[table:]]
    console = Console(record=True, width=88, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi("\n".join(shown)))
    # Without the fonts that it would fetch.
    style = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    drawing = console.export_svg(title="a learner's terminal", code_format=style, unique_id="terminal")
    (PICTURES / "terminal.svg").write_text(drawing, encoding="utf-8")


def class_page(results: Path) -> None:
    """Photograph the class page."""
    subprocess.run([sys.executable, "-m", "autograder", "report", results], cwd=ROOT, check=True)
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        sys.exit("screens.py needs chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory() as profile:
        options = (
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={profile}",
        )
        size, target = f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={PICTURES / 'class_page.png'}"
        page = (results / "report" / "index.html").resolve().as_uri()
        subprocess.run([program, *options, size, target, page], check=True, capture_output=True)


if __name__ == "__main__":
    terminal()
    class_page(Path(sys.argv[1]))
