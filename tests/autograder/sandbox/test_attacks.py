"""Every attack of `tests/attacks`, beside honest submissions: nothing gained, learnt, changed or left.

A class is graded once for each way to grade; then each attack is looked at, and the class as a whole. `pytest -k
equals_everything` grades that attack alone beside the honest.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from autograder.sandbox import landlock
from autograder.sandbox.users import FIRST_USER, LAST_USER
from tests.autograder.machine import shell_where_all_can_read, until
from tests.autograder.tiny import KIT

# The others attack the points of another exercise: `tests/autograder/examiner/test_attacks_on_points.py`.
ATTACKS = sorted(path.parent.name for path in (KIT / "tests" / "attacks").glob("*/padding.py"))
GRADING = """
title = "Padding, under attack"
given = ["arrays"]

[limits]
call_seconds = 2
submission_seconds = 12
memory_mib = 256
processes = 16
open_files = 64
files_mib = 8
output_kib = 64

[[exercises]]
name = "padding"
part = "One"
points = 10
difficulty = 1
minutes = 30
"""
LARGEST_RECORD = 200_000
HONEST = ("a_first", "e_early", "m_middle", "r_right", "z_last")


CANARY = re.compile("canary-[0-9a-f]{16}")


def canary() -> str:
    """A word that stands in everything an attack must not read, and nowhere else."""
    return f"canary-{secrets.token_hex(8)}"


@dataclass
class Class:
    """A graded class.

    Attributes:
        way: how it was graded.
        records: by learner.
        written: all that was printed, and all that is in the results.
        secrets: the canaries, by where they stand.
        changed: what was changed in the course and elsewhere on the machine, and what an attack has added.
        left: the temporary files, mounts and processes that were left.
    """

    way: str
    records: dict[str, dict]
    written: str
    secrets: dict[str, str]
    changed: set[str] = field(default_factory=set)
    left: dict[str, set[str]] = field(default_factory=dict)

    def earned(self, learner: str) -> float:
        return sum(exercise["earned"] for exercise in self.records[learner]["exercises"])

    def tests(self, learner: str) -> list[dict]:
        return [test for exercise in self.records[learner]["exercises"] for test in exercise["tests"]]

    def reasons(self, learner: str) -> set[str]:
        """What is said of each failing test, and what came back from its last call."""
        failures = [test["failure"] for test in self.tests(learner) if test["failure"]]
        came_back = {call["outcome"] for failure in failures for call in failure["calls"][-1:]}
        return came_back | {failure["reason"] for failure in failures}

    def text(self, learner: str) -> str:
        return json.dumps(self.records[learner])


def write_class(folder: Path, attacks: Collection[str]) -> dict[str, str]:
    """Write a course and its submissions, a canary in all that is secret; return the canaries."""
    planted = {}

    def plant(name: str, text: str) -> str:
        planted[name] = canary()
        return f"{text}\n# {planted[name]}\nPLANTED = '{planted[name]}'\n"

    course = folder / "course"
    for name in (
        *("tests/hidden/test_padding.py", "tests/oracles/padding.py", "solutions/padding.py"),
        "tests/mistakes/padding/odd_pixel_before.py",
    ):
        target = course / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(plant(name, (KIT / name).read_text(encoding="utf-8")), encoding="utf-8")
    for name in ("tests/strategies.py", "exercises/padding.py", "exercises/arrays.py"):
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(KIT / name, course / name)
    (course / "grading.toml").write_text(GRADING, encoding="utf-8")
    (folder / "results" / "records").mkdir(parents=True)
    (folder / "results" / "records" / "somebody_else.json").write_text(plant("record", "{}"))
    submissions = folder / "submissions"
    for name in attacks:
        shutil.copytree(KIT / "tests" / "attacks" / name, submissions / name)
    solution = (KIT / "solutions" / "padding.py").read_text(encoding="utf-8")
    for name in HONEST:
        (submissions / name).mkdir()
        (submissions / name / "padding.py").write_text(plant(name, solution), encoding="utf-8")
    # Half right: what it earns must not change either.
    (submissions / "k_half").mkdir()
    (submissions / "k_half" / "padding.py").write_text(solution.replace("def pad_images", "def other_images"))
    # What git does not keep.
    for name in ("a_link", "a_linked_folder", "a_pipe"):
        (submissions / name).mkdir()
    (submissions / "a_link" / "padding.py").symlink_to(course / "solutions" / "padding.py")
    (submissions / "a_linked_folder" / "more").symlink_to(course)
    os.mkfifo(submissions / "a_pipe" / "padding.py")
    compiled = submissions / "brings_compiled_files" / "__pycache__"
    compiled.mkdir(parents=True)
    (compiled / "padding.cpython-311.pyc").write_bytes(b"not compiled")
    if os.getuid() == 0:
        (submissions / "a_device").mkdir()
        os.mknod(submissions / "a_device" / "padding.py", 0o60600, os.makedev(7, 0))
    return planted


# Ways to grade: the sandbox, and as whom. Root can try them all.
WAYS = ["namespaces"] + (["namespaces, not as root", "user"] if os.getuid() == 0 else [])
# What the walls of the other ways could let through; all attacks go every way by `make attacks`.
OTHER_WALLS = (
    *("searches_the_disk", "reads_processes", "reads_the_environment", "reads_its_memory", "traces_others"),
    *("kills_its_group", "kills_its_parent", "writes_outside", "leaves_a_daemon", "uses_the_network"),
    *("leaves_files", "leaves_kernel_objects", "leaves_deep_folders"),
    *("calls_the_kernel", "raises_its_limits", "starts_privileged_programs", "fills_the_disk", "memory_bomb"),
    *("shared_memory_bomb", "holds_shared_memory", "holds_page_tables", "holds_socket_buffers", "fork_bomb"),
    *("leaves_its_group",),
    *("fills_other_folders", "holds_deleted_files", "makes_files_without_end"),
)
ALL = "ALL_ATTACKS" in os.environ
# A user who is nobody else.
STRANGER = 60598


def grade(folder: Path, planted: dict[str, str], way: str) -> Class:
    """Grade the class as the command line does, and return what came of it."""
    planted["environment"] = canary()
    (folder / "tmp").mkdir(exist_ok=True)
    words: list[str] = []
    if way != "namespaces" and os.getuid() == 0:
        words = shell_where_all_can_read([KIT, Path(sys.prefix), Path(sys.base_prefix)])
    if way == "user":
        # Temporary folders are where a candidate may go, the rest is not.
        folder.chmod(0o711)
        for name in ("course", "submissions", "results"):
            (folder / name).chmod(0o700)
    if way == "namespaces, not as root":
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, STRANGER, STRANGER, follow_symlinks=False)
        words += ["setpriv", f"--reuid={STRANGER}", f"--regid={STRANGER}", "--clear-groups", "--"]
    command = [sys.executable, "-m", "autograder", "grade", str(folder / "submissions")]
    command += ["--out", str(folder / "results"), "--sandbox", way.split(",")[0], "-j", "2", "--force"]
    environment = {**os.environ, "PYTHONPATH": str(KIT), "PLANTED": planted["environment"], "COLUMNS": "200"}
    finished = subprocess.run(
        [*words, *command],
        cwd=folder / "course",
        env={**environment, "TMPDIR": str(folder / "tmp")},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=600,
    )
    assert finished.returncode in (0, 1), finished.stdout + finished.stderr
    written = finished.stdout + finished.stderr
    records = {}
    for path in sorted((folder / "results").rglob("*")):
        if path.is_file() and path.name != "somebody_else.json":
            written += path.read_text(encoding="utf-8")
            if path.suffix == ".json":
                record = json.loads(path.read_text(encoding="utf-8"))
                records[record["learner"]] = record
    return Class(way, records, written, planted)


# Where an attack would write, and where everybody may: in these others come and go, other tests' baits too,
# so only the test's own baits must stay as they are.
PLACES = (
    "/",
    "/etc",
    "/usr",
    "/run",
    str(Path(sys.executable).resolve().parent),
    str(Path(pytest.__file__).parent),
)
SHARED = ("/root", "/home", "/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run/lock")


def open_a_folder() -> list[Path]:
    """Make a folder that everybody may write to, where nobody expects one, if we may."""
    with suppress(OSError):
        made = Path(tempfile.mkdtemp(prefix="open-", dir="/opt"))
        made.chmod(0o777)
        return [made]
    return []


def lay_baits(places: Iterable[str | Path]) -> list[Path]:
    """Lay a file where everybody may write, for attacks to change."""
    laid = []
    for place in places:
        with suppress(OSError):
            descriptor, path = tempfile.mkstemp(prefix="bait-", dir=place)
            os.close(descriptor)
            laid.append(Path(path))
    return laid


def snapshot(laid: list[Path], opened: list[Path]) -> dict[str, tuple[int, int] | None]:
    """What stands where an attack would write; how large and how old, but for others' files."""
    found = {}
    for place in (*PLACES, *SHARED, *opened):
        for entry in os.scandir(place) if os.access(place, os.R_OK) else ():
            if "written-by" in entry.name or entry.is_file(follow_symlinks=False):
                status = entry.stat(follow_symlinks=False)
                others = place in SHARED and Path(entry.path) not in laid
                found[entry.path] = None if others else (status.st_size, status.st_mtime_ns)
    return found


def contents(folder: Path) -> dict[str, bytes]:
    """The files below a folder, but for what Python keeps of its own."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {str(path): path.read_bytes() for path in files}


def strangers_processes() -> set[str]:
    """The processes that belong to a candidate's user, or that say that they were left behind."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            line = (process / "cmdline").read_bytes().decode(errors="replace")
            if "left-behind" in line or process.stat().st_uid in range(FIRST_USER, LAST_USER + 1):
                found.add(process.name)
    return found


def kernel_objects() -> set[str]:
    """The shared memory, semaphores and queues of candidates' users, as the kernel lists them."""
    found = set()
    for path in Path("/proc/sysvipc").glob("*"):
        names, *rows = (line.split() for line in path.read_text().splitlines())
        owner = names.index("uid")
        found |= {f"{path.name} {row[1]}" for row in rows if FIRST_USER <= int(row[owner]) <= LAST_USER}
    return found


# What an attack must say of itself, at both levels or at `namespaces` alone: at `user` the disk is the
# machine's own, closed by permissions, and other processes can be seen.
EVERYWHERE = {
    "reads_its_memory": "found []",
    "climbs_the_stack": "found []",
    "traces_others": "found []",
    "raises_its_limits": "gained []",
    "starts_privileged_programs": "gained []",
    "leaves_kernel_objects": "left []",
    # Without Landlock it leaves some, which are removed.
    **({"leaves_files": "left []"} if landlock.works_here() else {}),
    "calls_the_kernel": "allowed []",
    "uses_the_network": "reached []",
    "fills_the_disk": "stopped: wrote more than 8 MiB of files",
    "opens_files_without_end": "stopped: opened more than 64 files",
    "fills_other_folders": "stopped: wrote more than 8 MiB of files",
    "holds_deleted_files": "stopped: wrote more than 8 MiB of files",
    "makes_files_without_end": "stopped: wrote more than 8 MiB of files",
    "memory_bomb": "stopped: used more than 256 MiB of memory",
    "leaves_its_group": "moved to []",
    "holds_page_tables": "stopped: used more than 256 MiB of memory",
    "holds_shared_memory": "stopped: asked for more than 256 MiB of memory, or for shared memory",
    "shared_memory_bomb": "stopped: asked for more than 256 MiB of memory, or for shared memory",
    "fork_bomb": "stopped: started more than 16 processes and threads",
    "prints_without_end": "stopped: printed more than 64 KiB",
    "leaves_a_daemon": "stopped: started more than 16 processes and threads",
    "loops_for_ever": "stopped: no answer within 2 s",
    "floods_the_connection": "stopped: its answer is too large",
}
# Without control groups the largest possible buffers count, which are much more than what this one fills.
MEASURED = {"holds_socket_buffers": "stopped: used more than 256 MiB of memory"}
NAMESPACES = {
    "searches_the_disk": "found []",
    "reads_the_environment": "found []",
    "starts_privileged_programs": "gained [] of 0",
    "reads_processes": "found []",
}


def attacks_of(way: str) -> Collection[str]:
    """The attacks that go that way."""
    return ATTACKS if way == "namespaces" or ALL else OTHER_WALLS


def chosen(items: Iterable[pytest.Item], way: str) -> Collection[str]:
    """The attacks of that way whose tests are to run; all where only the class as a whole is looked at."""
    cases = [
        item.callspec.params
        for item in items
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
    ]
    found = {case["attack"] for case in cases if case.get("graded") == way and "attack" in case}
    return sorted(found) or attacks_of(way)


def graded_once(way: str) -> Callable[..., Class]:
    """Return a fixture: the attacks and the honest, graded that way."""

    @pytest.fixture(scope="module", name=way)
    def graded(request) -> Class:
        return grade_and_look(way, chosen(request.session.items, way))

    return graded


graded_in_namespaces = graded_once("namespaces")
graded_not_as_root = graded_once("namespaces, not as root")
graded_as_another_user = graded_once("user")


@pytest.fixture(params=WAYS)
def graded(request) -> Class:
    """The attacks and the honest, graded one way."""
    return request.getfixturevalue(request.param)


def grade_and_look(way: str, attacks: Collection[str]) -> Class:
    """Grade a class, and look at what was changed and left, before all of it is removed."""
    folder = Path(tempfile.mkdtemp(dir="/tmp", prefix="attacked-"))
    laid: list[Path] = []
    opened = open_a_folder()
    try:
        planted = write_class(folder, attacks)
        laid += lay_baits((*SHARED, *opened))
        outside, course = snapshot(laid, opened), contents(folder / "course")
        kernel, others = kernel_objects(), strangers_processes()
        mounts = set(Path("/proc/mounts").read_text().splitlines())
        found = grade(folder, planted, way)
        # Other tests have candidates of their own, which come and go; what an attack left would stay.
        there = strangers_processes() - others
        until(lambda: not there & strangers_processes())
        found.left = {
            "processes": there & strangers_processes(),
            "mounts": mounts ^ set(Path("/proc/mounts").read_text().splitlines()),
            "temporary files": set(os.listdir(folder / "tmp")),
            "kernel objects": kernel_objects() - kernel,
        }
        found.changed = changes(outside, snapshot(laid, opened)) | changes(
            course, contents(folder / "course")
        )
        return found
    finally:
        shutil.rmtree(folder)
        for path in laid:
            path.unlink(missing_ok=True)
        for path in opened:
            shutil.rmtree(path)


def changes(before: dict, after: dict) -> set[str]:
    """What was changed or removed, and what is new and an attack's."""
    changed = {path for path in before if before[path] and before[path] != after.get(path)}
    return changed | {
        path for path in after.keys() - before if re.search("written-by|unpickled|filler", path)
    }


# One attack.


@pytest.mark.parametrize(
    ("graded", "attack"),
    [pytest.param(way, attack, id=f"{way}-{attack}") for way in WAYS for attack in attacks_of(way)],
    indirect=["graded"],
)
def test_an_attack_gains_and_learns_nothing(graded, attack):
    assert graded.earned(attack) == 0
    # Every test is judged, and none of them broken.
    assert graded.records[attack]["problem"] == ""
    assert [test["id"] for test in graded.tests(attack)] == [test["id"] for test in graded.tests(HONEST[0])]
    assert {test["outcome"] for test in graded.tests(attack)} <= {"wrong", "unusable"}
    # The wall that it was to test holds, and a limit that was hit has its name.
    expected = EVERYWHERE | (NAMESPACES if graded.way != "user" else {})
    if graded.records[attack]["memory_limit"] == "measured":
        expected |= MEASURED
    reasons = graded.reasons(attack)
    assert [reason for reason in reasons if expected.get(attack, "") in reason], reasons
    assert len(graded.text(attack)) <= LARGEST_RECORD
    assert not CANARY.search(graded.text(attack))


# The class as a whole.


def test_no_secret_is_written_anywhere(graded):
    """And the search is for words that were there."""
    assert len(set(graded.secrets.values())) == 6 + len(HONEST)
    assert all(CANARY.fullmatch(secret) for secret in graded.secrets.values())
    assert CANARY.findall(graded.written) == []


def test_the_honest_keep_their_points(graded):
    assert {name: graded.earned(name) for name in HONEST} == dict.fromkeys(HONEST, 10)
    # Its crop_or_pad calls pad_images: 13 of the 30 points of the tests are left.
    assert graded.earned("k_half") == pytest.approx(10 * 13 / 30, abs=1e-3)


def test_nothing_is_changed_outside_of_a_candidate(graded):
    assert graded.changed == set()


def test_nothing_is_left_behind(graded):
    assert graded.left == {
        "processes": set(),
        "mounts": set(),
        "temporary files": set(),
        "kernel objects": set(),
    }


def test_what_is_not_a_file_is_said_to_be(graded):
    problems = {
        "a_link": "padding.py is a link: submit the file itself",
        "a_linked_folder": "more is a link: submit the folder itself",
        "a_pipe": "padding.py is not a regular file",
    }
    if os.getuid() == 0:
        problems["a_device"] = "padding.py is not a regular file"
    assert {name: graded.records[name]["problem"] for name in problems} == problems


def test_without_a_sandbox_the_secrets_are_found():
    """The search would find what is there to be found: this is what the walls keep out."""
    folder = Path(tempfile.mkdtemp(dir="/tmp", prefix="attacked-"))
    try:
        planted = write_class(folder, ["searches_the_disk"])
        grading = folder / "course" / "grading.toml"
        grading.write_text(
            GRADING.replace("call_seconds = 2", "call_seconds = 60").replace("= 12\nmem", "= 300\nmem")
        )
        graded = grade(folder, planted, "none")
        text = graded.text("searches_the_disk")
        assert planted["tests/hidden/test_padding.py"] in text
        assert planted["a_first"] in text
    finally:
        shutil.rmtree(folder)
