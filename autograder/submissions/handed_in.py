"""Find out when a submission was handed in: from the platform, else from its newest file.

The time of a folder does not count, because it is the time of unpacking.
"""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

from autograder import UserError
from autograder.spreadsheet import read_table
from autograder.submissions import Entry
from autograder.submissions.found import Found
from autograder.submissions.names import is_named_by_a_platform

# Written by `nbgrader collect` and `nbgrader submit` beside the notebooks of an assignment.
_NBGRADER = "timestamp.txt"
_LONGEST = 100
_LEARNER, _TIME = "learner", "submitted"


class HandedInError(UserError):
    """The table of `--handed-in` cannot be used; the text says why."""


def read_times(path: Path, learners: list[str]) -> dict[str, datetime]:
    """Return when each learner handed in, from a table with the columns `learner` and `submitted`.

    Raises:
        HandedInError: if a column is missing, a learner has no submission, or a time cannot be read.
        TableError: if the file is not a table.
    """
    table = read_table(path)
    for column in (_LEARNER, _TIME):
        if column not in table.header:
            raise HandedInError(f"{path}: it needs a column {column}, as class.csv has it")
    times: dict[str, datetime] = {}
    for line in table.lines:
        cells = dict(zip(table.header, line.cells, strict=True))
        learner, text = cells[_LEARNER].removeprefix("'").strip(), cells[_TIME].strip()
        if learner not in learners:
            raise HandedInError(f"{path}, line {line.number}: there is no submission of {learner}")
        if not text:
            continue
        if (time := parsed(text)) is None:
            raise HandedInError(
                f"{path}, line {line.number}: {text!r} is not a time such as 2026-11-20T23:59:00+00:00"
            )
        times[learner] = time
    return times


def handed_in(entry: Entry, found: Found, given: datetime | None) -> tuple[datetime, str]:
    """Return when a submission was handed in, and how we know.

    Args:
        entry: the submission.
        found: its files.
        given: the time in the table of `--handed-in`, which overrides all others; None if it has none.
    """
    if given:
        return given, "--handed-in"
    if entry.submitted:
        return entry.submitted, entry.platform
    if time := _of_nbgrader(entry):
        return time, _NBGRADER
    known = [file.time for file in found.files if file.time is not None]
    if not known:
        known = [path.stat().st_mtime for path in entry.paths if not path.is_dir()]
    source = "newest file in it"
    if not known:
        known, source = [path.stat().st_mtime for path in entry.paths], "time of the folder"
    return datetime.fromtimestamp(max(known), timezone.utc).replace(microsecond=0), source


def _of_nbgrader(entry: Entry) -> datetime | None:
    """Return the latest time in the files that nbgrader writes when it collects a learner's assignments."""
    times = []
    for path in entry.paths:
        # In a folder of Canvas or Moodle a learner may have put such a file.
        if path.is_dir() and not is_named_by_a_platform(path.name, is_folder=True):
            for stamp in path.glob(f"*/{_NBGRADER}"):
                if stamp.is_file() and not stamp.is_symlink():
                    times.append(parsed(stamp.read_bytes()[:_LONGEST].decode("utf-8", "replace").strip()))
    return max((time for time in times if time), default=None)


def parsed(text: str) -> datetime | None:
    """Return the time in an ISO 8601 text, or in nbgrader's; without a time zone it is UTC.

    >>> parsed("2026-11-10 03:14:55.209492 UTC").isoformat()
    '2026-11-10T03:14:55.209492+00:00'
    """
    plain = text.removesuffix("UTC").removesuffix("Z").strip()
    try:
        time = datetime.fromisoformat(plain)
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=timezone.utc)
