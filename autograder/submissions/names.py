"""Get the learner's name from the name of a folder or file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from autograder.protocol.text import visible

# Moodle: "Full Name_1234567_assignsubmission_file_" (a folder), with "original.zip" after it (a file).
_MOODLE = re.compile(r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)")
# Canvas: "surnamefirst_1234_567890_original.zip"; "_LATE_" stands before the numbers of a late one. The name of a
# group may have underscores.
_CANVAS = re.compile(r"(?P<name>.+?)_(?:LATE_)?(?P<number>\d+)_(?:\d+_(?P<file>.+)|(?:text|link)\.html)")
# Canvas without names: "anon_kL9pQ_567890_original.zip".
_ANONYMOUS = re.compile(r"(?P<name>anon_[A-Za-z0-9]+)_(?:LATE_)?(?:\d+_(?P<file>.+)|(?:text|link)\.html)")
_LATE = re.compile(r"_LATE_\d+_")
# Canvas adds "-1", "-2" to the name of a file that is handed in again.
_AGAIN = re.compile(r"-\d+(?=\.\w+$)")


@dataclass(frozen=True)
class Named:
    """A learner, and the original name of the submitted file."""

    learner: str
    file: str


def name_of(name: str, is_folder: bool) -> Named:
    """Return the learner who submitted the folder or file `name`.

    Moodle and Canvas add an ID to the name. We keep it, because two learners may have the same name.

    >>> name_of("Full Name_1234567_assignsubmission_file_", is_folder=True)
    Named(learner='Full Name (1234567)', file='')
    >>> name_of("surnamefirst_LATE_42_4711_padding-1.py", is_folder=False)
    Named(learner='surnamefirst (42)', file='padding.py')
    >>> name_of("anon_kL9pQ_60001_padding.py", is_folder=False)
    Named(learner='anon_kL9pQ', file='padding.py')
    >>> name_of("someone.zip", is_folder=False)
    Named(learner='someone', file='someone.zip')
    """
    if match := _ANONYMOUS.fullmatch(name):
        return Named(visible(match["name"]), _AGAIN.sub("", match["file"] or ""))
    for pattern in (_MOODLE, _CANVAS):
        # The last number is Moodle's: the display name before it may imitate another's.
        match = pattern.fullmatch(name)
        if match:
            learner = f"{match['name']} ({match['number']})"
            return Named(visible(learner), _AGAIN.sub("", match["file"] or ""))
    if is_folder:
        return Named(visible(name), "")
    stem = name.rsplit(".", 1)[0] if "." in name[1:] else name
    return Named(visible(stem), name)


def is_named_by_a_platform(name: str, is_folder: bool) -> bool:
    """Tell whether Canvas or Moodle has given a folder or file its name."""
    patterns = (_MOODLE,) if is_folder else (_MOODLE, _CANVAS, _ANONYMOUS)
    return any(pattern.fullmatch(name) for pattern in patterns)


def has_two_owners(name: str) -> bool:
    """Tell whether a file's name could have been chosen so that it seems to be another learner's.

    >>> has_two_owners("Ann_1_assignsubmission_file_x_2_assignsubmission_file_padding.py")
    True
    """
    return len(re.findall(r"_\d+_assignsubmission_", name)) > 1


def is_late(name: str) -> bool:
    """Tell whether Canvas says that it was handed in late."""
    return _CANVAS.fullmatch(name) is not None and _LATE.search(name) is not None
