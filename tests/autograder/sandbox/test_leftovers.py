"""What a candidate's user leaves on a machine without namespaces is ended and removed, and nothing else is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from autograder.course import Limits, read_course
from autograder.examiner.servers import Servers
from autograder.files import remove_folder
from autograder.forkserver.connect import connect
from autograder.protocol import channel
from autograder.protocol.calls import Load, pack_request
from autograder.sandbox import Level, Unavailable, landlock, leftovers, users
from autograder.sandbox.isolation import USERS, Isolation
from autograder.sandbox.other_user import run_as
from tests.autograder.machine import shell_where_all_can_read
from tests.autograder.tiny import KIT

pytestmark = pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
# No grader takes the last users while these tests run: there would have to be nine.
USER = users.LAST_USER
USERS_FROM = USER + 1 - USERS


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may write to, where nobody would look for it."""
    top = Path(tempfile.mkdtemp(dir="/opt"))
    # Who knows its name may enter a folder whose list of files is closed.
    top.chmod(0o711)
    inner = top / "hidden" / "inbox"
    inner.mkdir(parents=True)
    inner.chmod(0o777)
    yield inner
    remove_folder(top)


def as_user(work: Callable[[], object]) -> None:
    """Do something as a candidate's user."""

    def run() -> str:
        work()
        return ""

    run_as(USER, run)


def deep(folder: Path, levels: int) -> None:
    """Make a folder in a folder in a folder ..., deeper than a path can name or Python's own functions can go."""
    former = os.getcwd()
    os.chdir(folder)
    for _ in range(levels):
        os.mkdir("d")
        os.chdir("d")
    Path("file").write_text("at the end")
    os.chdir(former)


def test_open_folders_are_found_wherever_they_are(open_folder):
    (open_folder / "closed").mkdir(mode=0o700)
    (open_folder / "closed" / "inner").mkdir()
    (open_folder / "closed" / "inner").chmod(0o777)
    found = leftovers.open_folders()
    assert {open_folder, Path("/tmp")} <= set(found)
    assert open_folder / "closed" / "inner" not in found
    assert not [folder for folder in found if folder.is_relative_to("/proc")]


def test_a_search_that_takes_too_long_stops_grading(monkeypatch):
    """Never a weaker sandbox in silence."""
    monkeypatch.setattr(landlock, "works_here", lambda: False)
    monkeypatch.setattr(leftovers, "_SEARCH_SECONDS", 0.0)
    with pytest.raises(
        Unavailable, match=r"no Landlock, and the search .* did not end .*choose --sandbox none"
    ):
        users.open_folders()


def test_with_landlock_nothing_is_searched(monkeypatch):
    monkeypatch.setattr(landlock, "works_here", lambda: True)
    monkeypatch.setattr(leftovers, "open_folders", lambda: pytest.fail("a search"))
    assert users.open_folders() == []


def test_what_a_user_left_is_removed(open_folder, tmp_path):
    """However deep, closed or odd it is; what others have there stays."""
    (open_folder / "others").write_text("stays")
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("stays")

    def leave() -> None:
        (open_folder / "file").write_text("left")
        os.mkfifo(open_folder / "fifo")
        (open_folder / "link").symlink_to(kept)
        (open_folder / "dangling").symlink_to("nowhere")
        deep_one = open_folder / "deep"
        deep_one.mkdir()
        (deep_one / "link").symlink_to(kept)
        deep(deep_one, 3000)
        closed = open_folder / "closed"
        (closed / "inner").mkdir(parents=True)
        (closed / "inner" / "file").write_text("left")
        (closed / "inner").chmod(0)
        closed.chmod(0)

    as_user(leave)
    assert len(os.listdir(open_folder)) == 7
    leftovers.remove_files(range(USER, USER + 1), [open_folder, Path("/nowhere")])
    assert os.listdir(open_folder) == ["others"]
    assert (kept / "file").read_text() == "stays"


def start_as_user(work: Callable[[], object], user: int = USER) -> int:
    """Start a process of a candidate's user in a new session."""
    process = os.fork()
    if process == 0:
        try:
            os.setsid()
            os.setgroups([])
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
            work()
        finally:
            os._exit(0)
    return process


def kill_all_others() -> None:
    while True:
        with suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)


def test_every_process_of_a_user_ends():
    """Those whose parents have ended too, and one that tries to be first."""
    started = start_as_user(lambda: os.fork() or time.sleep(600))
    assert os.waitstatus_to_exitcode(os.waitpid(started, 0)[1]) == 0
    assert leftovers.running_users(range(USERS_FROM, USER + 1)) == {USER}
    leftovers.end_processes(USER)
    assert leftovers.running_users(range(USERS_FROM, USER + 1)) == set()
    started = start_as_user(kill_all_others)
    leftovers.end_processes(USER)
    assert os.waitstatus_to_exitcode(os.waitpid(started, 0)[1]) == -signal.SIGKILL


def test_who_ends_processes_leaves_those_alone_who_work_for_another_user():
    """Two graders, or two threads of one, clean up after two users at the same time."""
    (has_started, starts), (may_end, ends) = os.pipe(), os.pipe()

    def work() -> str:
        os.write(starts, b".")
        return os.read(may_end, 1).decode()

    with ThreadPoolExecutor(1) as threads:
        other = threads.submit(run_as, USER - 1, work)
        os.read(has_started, 1)
        leftovers.end_processes(USER)
        os.write(ends, b".")
        assert other.result() == "."
    for descriptor in (has_started, starts, may_end, ends):
        os.close(descriptor)


def test_those_who_end_processes_at_the_same_time_all_do():
    asleep = [start_as_user(lambda: time.sleep(600), user) for user in range(USER - 7, USER + 1)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(leftovers.end_processes, range(USER - 7, USER + 1)))
    assert {os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process in asleep} == {-signal.SIGKILL}


def test_other_problems_are_not_tried_again(monkeypatch):
    def fail() -> str:
        raise OSError("no such user")

    monkeypatch.setattr(leftovers, "_kill_all", fail)
    with pytest.raises(OSError, match="no such user"):
        leftovers.end_processes(USER)


def test_a_candidate_without_landlock_leaves_nothing(open_folder, monkeypatch):
    """As the fork server does it: after each candidate, and at its start for those of a server that was killed."""
    monkeypatch.setattr(landlock, "works_here", lambda: False)

    def leave() -> None:
        (open_folder / "file").write_text("left")

    as_user(leave)
    isolation = Isolation(Level.user, Limits(), USERS_FROM, 0, [open_folder])
    assert os.listdir(open_folder) == []
    as_user(leave)
    isolation.clean_up(USERS - 1)
    assert os.listdir(open_folder) == []


DAEMON = b"""
import os, time
if os.fork() == 0:
    os.setsid()
    os.fork() and os._exit(0)
    time.sleep(600)
"""


def kill_fork_servers(course: Path) -> None:
    """Kill the candidates' fork server while a candidate and its daemon run, twice; print who runs then."""
    with Servers(course, read_course(course), ["doubling"], Level.user, []) as servers:
        for _ in range(2):
            running = servers.running()
            candidate = connect(running.candidates.address, servers.start_message({"doubling.py": DAEMON}))
            user = os.stat(f"/proc/{candidate.process}").st_uid
            users = range(user, user + 1)
            channel.send(candidate.connection, pack_request(Load("doubling")))
            channel.receive(candidate.connection, 60.0)
            print("before:", leftovers.running_users(users) == {user})
            os.kill(running.candidates.pid, signal.SIGKILL)
            assert running.candidates.has_ended(60.0)
        # The second one is replaced by nothing.
    print("end:", leftovers.running_users(users), os.listdir(tempfile.gettempdir()))


def test_a_killed_fork_server_leaves_nothing(course):
    scratch = tempfile.mkdtemp(dir="/tmp")
    os.chmod(scratch, 0o711)
    words = shell_where_all_can_read([KIT, Path(sys.prefix), Path(sys.base_prefix)])
    script = (
        "import sys; from pathlib import Path; from tests.autograder.sandbox import test_leftovers as t; "
    )
    finished = subprocess.run(
        [*words, sys.executable, "-c", script + "t.kill_fork_servers(Path(sys.argv[1]))", str(course)],
        env={**os.environ, "PYTHONPATH": str(KIT), "TMPDIR": scratch},
        capture_output=True,
        text=True,
    )
    remove_folder(Path(scratch))
    assert finished.stdout == "before: True\nbefore: True\nend: set() []\n", finished.stderr
