"""Graders of root have different users, and no other user can take those."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from autograder.sandbox import Unavailable, slots, users
from autograder.sandbox.other_user import run_as

pytestmark = pytest.mark.skipif(os.getuid() != 0, reason="for graders of root")


@pytest.fixture(autouse=True)
def _folder(monkeypatch) -> Iterator[None]:
    """Not the machine's own, because other tests grade meanwhile; above it, every user may enter."""
    with tempfile.TemporaryDirectory(dir="/tmp") as top:
        os.chmod(top, 0o755)
        monkeypatch.setattr(slots, "FOLDER", Path(top) / "autograder")
        yield


def test_two_graders_never_have_the_same_users():
    """One grader's end of all processes of a user would end another's candidates."""
    with slots.reserved() as first:
        with slots.reserved() as second:
            assert (first, second) == (0, 1)
            assert abs(users.first_of(first) - users.first_of(second)) >= users.USERS
        with slots.reserved() as again:
            assert again == 1
    with slots.reserved() as number:
        assert number == 0
    with pytest.raises(
        Unavailable, match="blocks of sandbox users are taken by other graders on this machine"
    ):
        users.first_of(100)


def test_no_other_user_can_take_a_slot():
    """Other users can neither lock its file nor take its name first."""
    with slots.reserved():
        pass

    def take() -> str:
        try:
            os.open(slots.FOLDER / "slot-0", os.O_RDONLY)
        except PermissionError:
            return "refused"
        return "taken"

    assert run_as(users.LAST_USER, take) == "refused"
    assert {path.stat().st_mode & 0o077 for path in (slots.FOLDER, slots.FOLDER / "slot-0")} == {0}
    with ExitStack() as stack:
        for number in range(20):
            name = stack.enter_context(socket.socket(socket.AF_UNIX))
            with suppress(OSError):  # another program has it
                name.bind(f"\0autograder-slot-{number}")
        with slots.reserved() as number:
            assert number == 0


@pytest.mark.parametrize("of_others", ["owner", "mode"])
def test_a_folder_of_others_is_refused(of_others):
    slots.FOLDER.mkdir(mode=0o700)
    if of_others == "owner":
        os.chown(slots.FOLDER, users.LAST_USER, users.LAST_USER)
    else:
        slots.FOLDER.chmod(0o777)
    with (
        pytest.raises(Unavailable, match="autograder: other users can write to it: remove it"),
        slots.reserved(),
    ):
        pass


def test_without_a_folder_it_says_what_to_do(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(slots, "FOLDER", tmp_path / "file" / "autograder")
    with (
        pytest.raises(Unavailable, match=r"graders of root keep their locks there, so make .* writable"),
        slots.reserved(),
    ):
        pass


def test_the_folder_is_one_that_only_root_can_write_to():
    status = Path("/run").stat()
    assert status.st_uid == 0
    assert not status.st_mode & 0o022
