"""The walls one by one, seen from inside, and what is said where they cannot be had."""

from __future__ import annotations

import errno
import os
import shutil
import site
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course import Limits, read_course
from autograder.examiner.pool import ExaminerPool
from autograder.sandbox import Level, Unavailable, bubblewrap, cgroups, limits, users
from tests.autograder.tiny import DOUBLING, KIT, TALLIES

LIMITS = Limits(memory_mib=2048, files_mib=64, open_files=256, processes=64)


@pytest.fixture
def answers(course, tmp_path):
    """What `half(2)` of a submission says, as text."""

    def ask(source: str, level: Level = Level.namespaces) -> str:
        suite = tmp_path / "test_doubling.py"
        suite.write_text("def test_says(doubling):\n    assert doubling.half(2) == 'nothing like it'\n")
        with ExaminerPool(course, read_course(course), level=level) as examiners:
            examination = examiners.examine({"doubling.py": source.encode()}, [suite])
        (result,) = examination.results.values()
        return result.failure.came_back

    return ask


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("os.getpid()", "1"),
        ("os.listdir('/proc')", "['self', 'meminfo', 'cpuinfo']"),
        ("os.listdir('/proc/self')", "['cmdline', 'exe']"),
        ("sorted(os.listdir('/dev'))", "['null', 'random', 'urandom']"),
        ("os.access('/groups', os.R_OK | os.W_OK)", "False"),
        ("os.listdir('/submission')", "['doubling.py']"),
        ("os.listdir('/kit')", "['autograder']"),
        ("os.listdir(os.environ['HOME'])", "[]"),
        ("os.getcwd() == os.environ['HOME'] == os.environ['TMPDIR']", "True"),
        ("len(set(os.listdir('/')) & {'home', 'var', 'sys', 'mnt', 'srv', 'run', 'boot'})", "0"),
        ("sorted(os.listdir('/etc'))", "['alternatives', 'ld.so.cache']"),
        ("set(os.listdir('/usr')) <= {'lib', 'lib64', 'bin'}", "True"),
        ("os.environ['PATH']", "'/bin:/usr/bin'"),
        ("len(os.sched_getaffinity(0))", "1"),
        ("0 in (os.getuid(), os.geteuid(), os.getgid())", "False"),
        ("len(os.getgroups())", "0"),
        ("sys.modules.keys() & {'hypothesis', 'autograder.examiner.scoring'} == set()", "True"),
    ],
)
def test_what_a_candidate_sees(answers, expression, expected):
    """A root with nothing but Python in it, two folders of its own, itself as process 1."""
    if os.getuid() != 0 and "group" in expression:
        pytest.skip("without root, the groups stay, as nobody's")
    if "home" in expression and any(part in str(bubblewrap.visible()) for part in ("/home/", "/root/")):
        expression = expression.replace("'home', ", "")
    assert answers(f"import os, sys\ndef half(number):\n    return {expression}\n") == expected


def test_no_program_is_there_but_python(answers):
    """None of the instructor's, wherever they have some."""
    folders = [
        *os.environ["PATH"].split(":"),
        "/bin",
        "/usr/bin",
        "/usr/local/bin",
        str(Path(sys.prefix) / "bin"),
    ]
    source = f"""
import os
def half(number):
    found = {{name for folder in {folders} if os.path.isdir(folder) for name in os.listdir(folder)}}
    return sorted(name for name in found if not name.startswith("python"))
"""
    assert answers(source) == "[]"


@pytest.mark.parametrize("way", ["environment", "program"])
def test_python_may_be_anywhere(tmp_path, way):
    """Such as uv's: in a home folder, behind a link to its folder, with or without a virtual environment."""
    installed = tmp_path / "home" / "python-3"
    installed.parent.mkdir()
    installed.symlink_to(Path(os.path.realpath(sys.executable)).parent.parent)
    python = installed / "bin" / Path(os.path.realpath(sys.executable)).name
    if way == "environment":
        environment = tmp_path / "home" / "course" / ".venv"
        subprocess.run([python, "-m", "venv", "--without-pip", environment], check=True)
        python = environment / "bin" / "python"
    script = (
        "import subprocess, sys; from autograder.sandbox import bubblewrap; "
        "words = [sys.executable, '-c', 'import ctypes, ssl, sys; print(sys.prefix)']; "
        "sys.exit(subprocess.run([*bubblewrap.command([], {}), *words], env={}).returncode)"
    )
    libraries = os.pathsep.join([str(KIT), *site.getsitepackages()])
    finished = subprocess.run(
        [python, "-c", script],
        env={**os.environ, "PYTHONPATH": libraries},
        capture_output=True,
        text=True,
    )
    assert finished.stdout.strip() == str(python.parent.parent), finished.stderr


@pytest.mark.parametrize("level", [Level.none, Level.namespaces])
def test_libraries_can_be_imported_late(answers, level):
    """By whomever the candidate runs as: not all that it needs was imported before the fork."""
    source = "def half(number):\n    import scipy.ndimage\n    return scipy.ndimage.__name__\n"
    assert answers(source, level) == "'scipy.ndimage'"


def test_processes_and_their_pipes_and_mapped_files_work(answers):
    """What an honest exercise may use is not refused with the memory that hides."""
    source = """
import multiprocessing, os, numpy as np

def square(connection):
    connection.send(connection.recv() ** 2)

def half(number):
    np.save("array.npy", np.arange(4.0))
    mapped = np.load("array.npy", mmap_mode="r+")
    mapped[0] = 7
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=square, args=(there,))
    process.start()
    here.send(3)
    process.join()
    return [here.recv(), float(mapped.sum()), float(np.memmap("other", float, "w+", shape=(2, 2)).sum())]
"""
    assert answers(source) == "[9, 13.0, 0.0]"


def test_a_temporary_file_can_be_written_and_a_module_cannot(answers):
    source = """
import tempfile
def half(number):
    with tempfile.NamedTemporaryFile("w+") as file, open("beside", "w") as other:
        file.write("x"), other.write("y")
    try:
        open(__file__, "a")
    except OSError as error:
        return error.errno
"""
    assert int(answers(source)) in (errno.EROFS, errno.EACCES)


def test_without_bubblewrap_there_is_no_grading(course, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Unavailable, match="apt-get install bubblewrap libseccomp2, or choose --sandbox user"):
        bubblewrap.command([course], {})


def test_a_course_within_what_candidates_see_is_refused(tmp_path):
    """Whoever puts the course among Python's libraries is told so before anything is graded."""
    inside = Path(sys.prefix) / "lib" / "course"
    with pytest.raises(
        Unavailable, match=r"course is inside .*, which every submission can read: move it elsewhere"
    ):
        bubblewrap.command([tmp_path, inside], {})


def test_a_sandbox_that_cannot_be_had_stops_grading(course, autograder, tmp_path):
    """One line, exit code 2, and no record: never a weaker sandbox in silence."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "bwrap").write_text(
        "#!/bin/sh\necho 'bwrap: No permissions to create a namespace' >&2\nexit 1\n"
    )
    (tmp_path / "bin" / "bwrap").chmod(0o755)
    (tmp_path / "submissions" / "someone").mkdir(parents=True)
    (tmp_path / "submissions" / "someone" / "doubling.py").write_text(DOUBLING)
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    finished = autograder(
        course, "grade", tmp_path / "submissions", "--out", tmp_path / "out", environment={"PATH": path}
    )
    assert finished.returncode == 2
    assert (
        "does not work here (bwrap: No permissions to create a namespace): allow user namespaces, or choose"
        in finished.stderr
    )
    assert "Traceback" not in finished.stderr
    assert list((tmp_path / "out" / "records").iterdir()) == []


@pytest.mark.skipif(os.getuid() == 0, reason="root may")
def test_the_level_user_is_for_root(course):
    with (
        ExaminerPool(course, read_course(course), level=Level.user) as examiners,
        pytest.raises(Unavailable, match="needs Linux and root"),
    ):
        examiners.examine({}, [])


@pytest.mark.skipif(os.getuid() != 0, reason="only root can try another user")
def test_the_level_user_refuses_what_everybody_can_read(tmp_path, monkeypatch):
    monkeypatch.setattr(users, "visible", lambda: [Path("/usr")])
    monkeypatch.setenv("TMPDIR", "/tmp")
    open_folder = Path("/tmp") / f"open-{os.getpid()}"
    open_folder.mkdir(mode=0o755)
    try:
        (open_folder / "suite.py").write_text("secret")
        with pytest.raises(Unavailable, match=f"every user can read {open_folder}/suite.py: chmod -R go-rwx"):
            users.check([open_folder], users.LAST_USER)
        open_folder.chmod(0o700)
        users.check([open_folder], users.LAST_USER)
    finally:
        shutil.rmtree(open_folder)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (MemoryError(), "used more than 2 GiB of memory"),
        (OSError(errno.ENOSPC, "full"), "wrote more than 64 MiB of files"),
        (OSError(errno.EFBIG, "large"), "wrote more than 64 MiB of files"),
        (OSError(errno.EMFILE, "many"), "opened more than 256 files"),
        (BlockingIOError(errno.EAGAIN, "fork"), "started more than 64 processes and threads"),
        (RuntimeError("can't start new thread"), "started more than 64 processes and threads"),
        (OSError(errno.ENOMEM, "memory"), "asked for more than 2 GiB of memory, or for shared memory"),
        (RuntimeError("another"), ""),
        (FileNotFoundError(errno.ENOENT, "none"), ""),
        (ValueError("stride"), ""),
    ],
)
def test_a_limit_that_was_hit_has_a_name(error, text):
    assert limits.limit_hit(error, LIMITS) == text


def test_the_level_stands_in_the_record(course, autograder, tmp_path):
    """And another level is another result: graded again."""
    (tmp_path / "submissions" / "someone").mkdir(parents=True)
    (tmp_path / "submissions" / "someone" / "doubling.py").write_text(DOUBLING)
    (tmp_path / "submissions" / "someone" / "tallies.py").write_text(TALLIES)
    keys = set()
    for level in ("namespaces", "none"):
        finished = autograder(
            course, "grade", tmp_path / "submissions", "--out", tmp_path / "out", "--sandbox", level
        )
        assert f"1 of 1 graded, sandbox: {level}" in finished.stdout
        record = (tmp_path / "out" / "records" / "someone.json").read_text()
        assert f'"sandbox": "{level}"' in record
        with cgroups.reserved() as groups:
            limit = f"cgroup v{groups.version}" if groups and level == "namespaces" else "measured"
        assert f'"memory_limit": "{limit}"' in record
        keys.add(record.partition('"key": "')[2].partition('"')[0])
        feedback = (tmp_path / "out" / "feedback" / "someone.md").read_text()
        assert f"sandbox: {level}." in feedback
    assert len(keys) == 2
