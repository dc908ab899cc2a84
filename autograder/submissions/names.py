"""The learner's name, read off the name of a folder or file."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Moodle: "Full Name_1234567_assignsubmission_file_" (a folder), with "original.zip" after it (a file).
_MOODLE = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)")
# Canvas: "surnamefirst_1234_567890_original.zip"; "_LATE_" stands before the numbers of a late one.
_CANVAS = re.compile(r"(?P<name>[^_]+)_(?:LATE_)?(?P<number>\d+)_\d+_(?P<file>.+)")
# Canvas adds "-1", "-2" to the name of a file that is handed in again.
_AGAIN = re.compile(r"-\d+(?=\.\w+$)")


@dataclass(frozen=True)
class Named:
    """A learner, and the name that the handed-in file had on the learner's own disk."""

    learner: str
    file: str


def name_of(name: str, is_folder: bool) -> Named:
    """Return who handed in the folder or file called `name`.

    Moodle and Canvas put a number of their own beside the name; it is kept, because two learners may
    bear the same name.

    >>> name_of("Full Name_1234567_assignsubmission_file_", is_folder=True)
    Named(learner='Full Name (1234567)', file='')
    >>> name_of("surnamefirst_LATE_42_4711_padding-1.py", is_folder=False)
    Named(learner='surnamefirst (42)', file='padding.py')
    >>> name_of("someone.zip", is_folder=False)
    Named(learner='someone', file='someone.zip')
    """
    for pattern in (_MOODLE, _CANVAS):
        match = pattern.fullmatch(name)
        if match:
            return Named(f"{match['name']} ({match['number']})", _AGAIN.sub("", match["file"]))
    if is_folder:
        return Named(name, "")
    stem = name.rsplit(".", 1)[0] if "." in name[1:] else name
    return Named(stem, name)
