"""Only one grader at a time writes to a folder, and no other user can keep it from that."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from autograder.grading.lock import FolderLocked, sole_use
from autograder.sandbox import users
from autograder.sandbox.other_user import run_as


def test_a_second_grader_is_refused_while_the_first_is_at_work(tmp_path):
    with (
        sole_use(tmp_path),
        pytest.raises(FolderLocked, match="another grader is using this folder"),
        sole_use(tmp_path),
    ):
        pass
    with sole_use(tmp_path):
        pass


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_no_other_user_can_lock_the_folder():
    """Not a lock of an older version either, which every user could read."""

    def open_it() -> str:
        try:
            os.open(results / ".lock", os.O_RDONLY)
        except PermissionError:
            return "refused"
        return "opened"

    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        results = Path(folder)
        results.chmod(0o755)
        (results / ".lock").touch(mode=0o644)
        assert run_as(users.LAST_USER, open_it) == "opened"
        with sole_use(results):
            assert run_as(users.LAST_USER, open_it) == "refused"
        (results / ".lock").unlink()
        with sole_use(results):
            assert run_as(users.LAST_USER, open_it) == "refused"
