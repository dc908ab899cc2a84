"""Grading a folder with bad submissions in it: each gets a clear line, the others are untouched."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.autograder.machine import until
from tests.autograder.tiny import DOUBLING, KIT, TALLIES

ALWAYS_EQUAL = """
class Anything:
    def __eq__(self, other): return True
    def __getattr__(self, name): return self
    def __call__(self, *arguments): return self
    def __len__(self): return 1
    def __iter__(self): return iter([self])
    def __array__(self, *arguments, **keywords): raise ValueError
def double(numbers): return Anything()
def half(number): return Anything()
"""

HALF = "def half(number):\n    return number / 2\n"


def doubling(body: str) -> str:
    """A module whose `half` is right and whose `double` has that body."""
    return f"import numpy as np\n\n\ndef double(numbers):\n    {body}\n\n\n{HALF}"


# Learner, module, points of 10 for doubling, and what the record must say.
MODULES = [
    ("right", DOUBLING, 10, ""),
    ("syntax_error", "def double(:\n", 0, "doubling.py, line 1: syntax error"),
    ("raises_on_import", "1 / 0\n", 0, "doubling.py, line 1 raises on import: ZeroDivisionError"),
    ("loops_on_import", "while True: pass\n", 0, "cannot be imported: stopped: no answer within 2 s"),
    ("prints_on_import", "while True: print('x' * 1000000)\n", 0, "stopped: printed more than 64 KiB"),
    ("exits_on_import", "exit(0)\n", 0, "doubling.py, line 1 exits Python on import"),
    ("dies_on_import", "import os; os._exit(0)\n", 0, "the process ended"),
    ("imports_nothing_there", "import nothing_there\n", 0, "No module named 'nothing_there'"),
    (
        "missing_function",
        HALF,
        2,
        "we looked for `double` in doubling.py and found none: is the name right? There is half",
    ),
    ("misspelt_function", HALF + "def duoble(numbers): return numbers\n", 2, "did you mean `duoble`?"),
    ("not_a_function", f"double = 3\n{HALF}", 2, "doubling.double is a int, not a function"),
    ("wrong_type", doubling("return 'four'"), 2, "expected an array of shape (1,), not 'four' (str)"),
    ("wrong_shape", doubling("return np.asarray([numbers]) * 2"), 2, "the shape is (1, 1), expected (1,)"),
    (
        "wrong_dtype",
        doubling("return np.array(list(numbers), dtype=object)"),
        2,
        ", not <ndarray>",
    ),
    ("not_a_number", doubling("return np.asarray(numbers) * np.nan"), 2, "nan, expected"),
    ("none", doubling("np.asarray(numbers) * 2"), 2, "it returned None: is a `return` missing?"),
    (
        "changes_argument",
        doubling("numbers *= 2\n    return numbers"),
        2,
        "changed its first argument in place",
    ),
    # A stub raises it without a message; with one, it is an answer that somebody wrote.
    (
        "not_supported",
        doubling("if len(numbers) > 0: raise NotImplementedError('numbers')\n    return numbers"),
        2,
        "NotImplementedError: numbers",
    ),
    ("always_equal", ALWAYS_EQUAL, 0, ", not <Anything>"),
    ("loops", doubling("while True: pass"), 2, "stopped: no answer within 2 s"),
    ("too_much_memory", doubling("return np.ones(2**30)"), 2, "stopped: used more than 256 MiB of memory"),
    ("recursion", doubling("return double(numbers)"), 2, "RecursionError"),
    ("raises_system_exit", doubling("raise SystemExit(0)"), 2, "SystemExit"),
    (
        "refuses_everything",
        doubling("raise ValueError(f'numbers must not be {numbers}')"),
        2,
        "an error counts only after doubling.double has returned a correct answer",
    ),
    (
        "uses_the_network",
        doubling("import socket; return socket.create_connection(('example.org', 80))"),
        2,
        "gaierror: the sandbox has no network: use only the arguments",
    ),
    (
        "starts_a_program",
        doubling("import subprocess; return subprocess.check_output(['ls'])"),
        2,
        "FileNotFoundError: the sandbox has no programs but Python",
    ),
    (
        "computes_in_many_processes",
        doubling(
            "import multiprocessing\n    with multiprocessing.Pool(2) as pool: return pool.map(abs, numbers)"
        ),
        2,
        "the sandbox has no shared memory, which multiprocessing needs: compute in one process",
    ),
    (
        "downloads_on_import",
        f"import urllib.request\n\nurllib.request.urlopen('http://example.org')\n{DOUBLING}",
        0,
        "doubling.py, line 3 raises on import: URLError: the sandbox has no network",
    ),
    (
        "writes_beside_itself",
        doubling("open(__file__ + '.txt', 'w')"),
        2,
        "the sandbox lets you use files only in tempfile.gettempdir()",
    ),
    ("skips", doubling("import pytest; pytest.skip('hard')"), 2, "Skipped: hard"),
]


def zip_of(path: Path, members: dict[str, str]) -> None:
    """Write a zip file with those members."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)


def zip_with_a_link(path: Path) -> None:
    """Write a zip file whose module is a symbolic link."""
    member = zipfile.ZipInfo("doubling.py")
    member.create_system = 3
    member.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "/etc/passwd")


def zip_of_zeros(path: Path, size: int) -> None:
    """Write a zip file whose module unpacks to `size` zeros, without compressing that many."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    chunk = 2**24
    first = compressor.compress(bytes(chunk)) + compressor.flush(zlib.Z_FULL_FLUSH)
    again = compressor.compress(bytes(chunk)) + compressor.flush(zlib.Z_FULL_FLUSH)
    data = first + again * (size // chunk - 1) + compressor.flush()
    name = b"doubling.py"
    sizes = struct.pack("<HHQQ", 1, 16, size, len(data))
    head = struct.pack("<HHHHHIII", 45, 0, 8, 0, 0, 0, 0xFFFFFFFF, 0xFFFFFFFF)
    local = b"PK\3\4" + head + struct.pack("<HH", len(name), len(sizes)) + name + sizes + data
    central = (
        b"PK\1\2"
        + struct.pack("<H", 45)
        + head
        + struct.pack("<HHHHHII", len(name), len(sizes), 0, 0, 0, 0, 0)
    )
    central += name + sizes
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    path.write_bytes(local + central + end)


@pytest.fixture(scope="session")
def submissions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class in which nearly everything is wrong."""
    folder = tmp_path_factory.mktemp("submissions")
    for learner, module, _, _ in MODULES:
        (folder / learner).mkdir()
        (folder / learner / "doubling.py").write_text(module)
    (folder / "not_utf8").mkdir()
    (folder / "not_utf8" / "doubling.py").write_bytes("def double(n): return 'é'\n".encode("latin-1"))
    (folder / "empty").mkdir()
    (folder / "corrupt.zip").write_bytes(b"PK\3\4 this is no zip file")
    zip_of(folder / "outside.zip", {"../doubling.py": DOUBLING})
    zip_with_a_link(folder / "zipped_link.zip")
    zip_of_zeros(folder / "zeros.zip", 10 * 2**30)
    zip_of(folder / "zipped.zip", {"my work/doubling.py": DOUBLING, "my work/tallies.py": TALLIES})
    zip_of(folder / "twice.zip", {"doubling.py": DOUBLING})
    (folder / "twice.py").write_text(DOUBLING + "# another\n")
    (folder / "link").symlink_to(folder / "right")
    (folder / "holds_link").mkdir()
    (folder / "holds_link" / "doubling.py").symlink_to(folder / "right" / "doubling.py")
    (folder / "pipe").mkdir()
    os.mkfifo(folder / "pipe" / "doubling.py")
    (folder / "paper.pdf").write_bytes(b"%PDF")
    (folder / "single.py").write_text(TALLIES)
    (folder / "Full Name_17_assignsubmission_file_").mkdir()
    zip_of(folder / "Full Name_17_assignsubmission_file_" / "work.zip", {"doubling.py": DOUBLING})
    (folder / "surname_LATE_3_4_doubling-1.py").write_text(DOUBLING)
    (folder / "surname_LATE_3_5_tallies.py").write_text(TALLIES)
    return folder


# What is not in MODULES: learner, points of 16, and what the record must say.
OTHERS = [
    ("not_utf8", 0, "doubling.py, line 1 is not UTF-8"),
    ("zipped", 16, ""),
    ("single", 6, ""),
    ("Full Name (17)", 10, ""),
    ("surname (3)", 16, ""),
]
NOT_GRADED = [
    ("empty", "nothing is in it"),
    ("corrupt", "corrupt.zip: it cannot be opened: File is not a zip file"),
    ("outside", "outside.zip has a file with a path outside the archive: ../doubling.py"),
    ("zipped_link", "zipped_link.zip contains a link: doubling.py"),
    ("zeros", "doubling.py is larger than 1 MiB"),
    ("twice", "twice.zip/doubling.py and twice.py could both be doubling: keep one of them"),
    ("link", "link is a link: submit the file itself"),
    ("holds_link", "doubling.py is a link: submit the file itself"),
    ("pipe", "doubling.py is not a regular file"),
    ("paper", "no exercise was recognized in it: found paper.pdf; name each module after its exercise"),
]


@pytest.fixture(scope="session")
def graded(course, submissions, autograder, tmp_path_factory):
    """The class, graded once: the finished command, and its records by learner."""
    out = tmp_path_factory.mktemp("graded")
    finished = autograder(course, "grade", submissions, "--out", out, "-j", 2)
    records = {}
    for path in (out / "records").glob("*.json"):
        record = json.loads(path.read_text())
        records[record["learner"]] = record
    return finished, records, out


def earned(record: dict) -> float:
    """The points of a record."""
    return sum(exercise["earned"] for exercise in record["exercises"])


def said(record: dict) -> str:
    """Everything that a record says about what went wrong."""
    failures = [
        test["failure"] for exercise in record["exercises"] for test in exercise["tests"] if test["failure"]
    ]
    reasons = [failure["reason"] for failure in failures]
    came_back = [call["outcome"] for failure in failures for call in failure["calls"][-1:]]
    return " ".join([record["problem"], *record["notes"], *reasons, *came_back])


@pytest.mark.parametrize(
    ("learner", "points", "text"), [(name, points, text) for name, _, points, text in MODULES]
)
def test_a_bad_module_loses_its_points_and_says_why(graded, learner, points, text):
    _, records, _ = graded
    record = records[learner]
    assert not record["problem"]
    assert earned(record) == points
    assert text in said(record)


@pytest.mark.parametrize(("learner", "points", "text"), OTHERS)
def test_a_submission_of_another_form(graded, learner, points, text):
    _, records, _ = graded
    assert earned(records[learner]) == points
    assert text in said(records[learner])


@pytest.mark.parametrize(("learner", "text"), NOT_GRADED)
def test_what_cannot_be_read_is_not_graded(graded, learner, text):
    _, records, _ = graded
    assert text in records[learner]["problem"]
    assert "\n" not in records[learner]["problem"]
    assert earned(records[learner]) == 0


def test_every_submission_has_one_record(graded):
    finished, records, _ = graded
    assert set(records) == {name for name, *_ in (*MODULES, *OTHERS, *NOT_GRADED)}
    assert finished.returncode == 1, finished.stderr
    assert f"{len(records) - len(NOT_GRADED)} of {len(records)} graded" in finished.stdout
    assert "Traceback" not in finished.stdout + finished.stderr


def test_the_class_table_is_the_records(graded):
    _, records, out = graded
    rows = {row["learner"]: row for row in csv.DictReader(io.StringIO((out / "class.csv").read_text()))}
    assert set(rows) == set(records)
    assert all(float(rows[name]["earned"]) == earned(record) for name, record in records.items())


def test_grading_again_gives_the_same(graded, course, submissions, autograder, tmp_path):
    """Scores, outcomes and smallest failing calls: twice the same."""
    _, records, _ = graded
    chosen = tmp_path / "chosen"
    chosen.mkdir()
    for learner in ("wrong_shape", "not_a_number", "wrong_type", "changes_argument"):
        (chosen / learner).mkdir()
        (chosen / learner / "doubling.py").write_bytes((submissions / learner / "doubling.py").read_bytes())
    autograder(course, "grade", chosen, "--out", tmp_path / "out", "-j", 1)
    for path in (tmp_path / "out" / "records").glob("*.json"):
        again = json.loads(path.read_text())
        failures = [[t["failure"] for t in e["tests"]] for e in again["exercises"]]
        assert failures == [
            [t["failure"] for t in e["tests"]] for e in records[again["learner"]]["exercises"]
        ]


def test_what_is_graded_is_kept(course, autograder, tmp_path):
    """A second run grades only what is new; --force grades all."""
    submissions = tmp_path / "submissions"
    (submissions / "first").mkdir(parents=True)
    (submissions / "first" / "doubling.py").write_text(DOUBLING)
    record = tmp_path / "out" / "records" / "first.json"

    def when(*options: str) -> str:
        assert autograder(course, "grade", submissions, "--out", tmp_path / "out", *options).returncode == 0
        return json.loads(record.read_text())["graded"]

    once = when()
    assert when() == once
    assert when("--force") != once
    twice = when()
    (submissions / "first" / "doubling.py").write_text(DOUBLING + "\n")
    assert when() != twice


def test_ctrl_c_keeps_what_is_done(course, autograder, tmp_path):
    submissions = tmp_path / "submissions"
    for number in range(6):
        (submissions / f"learner{number}").mkdir(parents=True)
        body = "import time; time.sleep(0.02); return np.asarray(numbers) * 2"
        (submissions / f"learner{number}" / "doubling.py").write_text(doubling(body))
    out = tmp_path / "out"
    command = [sys.executable, "-m", "autograder", "grade", str(submissions), "--out", str(out), "-j", "1"]
    environment = {**os.environ, "PYTHONPATH": str(KIT)}
    running = subprocess.Popen(
        command,
        cwd=course,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background has it ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert until(lambda: any((out / "records").glob("*.json")))
    running.send_signal(signal.SIGINT)
    printed, _ = running.communicate(timeout=180)
    assert running.returncode == 130
    assert "run the same command to continue" in printed
    done = {path: path.read_text() for path in (out / "records").glob("*.json")}
    assert 1 <= len(done) < 6
    assert autograder(course, "grade", submissions, "--out", out).returncode == 0
    assert len(list((out / "records").glob("*.json"))) == 6
    assert all(path.read_text() == text for path, text in done.items())


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("grade", "nowhere"), "nowhere: no such file or folder"),
        (
            ("grade", "exercises", "--only", "doublling"),
            "unknown exercise 'doublling'; choose from doubling, tallies",
        ),
        (("grade", "exercises", "--out", "grading.toml"), "grading.toml"),
    ],
)
def test_a_wrong_call_is_one_line(course, autograder, arguments, text):
    finished = autograder(course, *arguments)
    assert finished.returncode == 2
    assert text in finished.stderr
    assert len(finished.stderr.strip().splitlines()) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_output_folder_that_cannot_be_written(course, autograder, tmp_path):
    (tmp_path / "out").mkdir(mode=0o500)
    finished = autograder(course, "grade", "solutions", "--out", tmp_path / "out")
    assert finished.returncode == 2
    assert len(finished.stderr.strip().splitlines()) == 1


def test_one_submission_alone(course, autograder, tmp_path):
    """The path may be a submission itself; --only grades some of it."""
    finished = autograder(course, "grade", "solutions", "--out", tmp_path, "--only", "tallies")
    assert finished.returncode == 0
    record = json.loads((tmp_path / "records" / "solutions.json").read_text())
    assert [exercise["name"] for exercise in record["exercises"]] == ["tallies"]
    assert earned(record) == 6
