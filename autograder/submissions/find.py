"""Find the submissions in a folder."""

from __future__ import annotations

from pathlib import Path

from autograder.submissions import Entry, UnreadableSubmission
from autograder.submissions.found import is_platform_file
from autograder.submissions.gradescope_export import HandIn, read_list
from autograder.submissions.names import name_of

# Platforms explain their downloads in such a file.
_EXPLANATIONS = {"readme.txt", "readme.md", "__macosx"}


def find(path: Path, exercises: list[str]) -> list[Entry]:
    """Return the submissions at `path`, sorted by learner: the items in the folder, or `path` itself.

    A folder that holds an exercise's module or notebook is one submission; so is an archive or a single file. In an
    export of Gradescope, its list has the names of the learners and the times.

    Raises:
        UnreadableSubmission: if the path does not exist or is an empty folder, or Gradescope's list cannot be read.
    """
    if not path.exists():
        raise UnreadableSubmission(f"{path}: no such file or folder")
    own = [path] if path.is_file() or _is_one_submission(path, exercises) else None
    listed = {} if own else read_list(path)
    by_learner: dict[str, list[Path]] = {}
    for item in own or sorted(path.iterdir()):
        if is_platform_file(item.name) or item.name.lower() in _EXPLANATIONS:
            continue
        known = listed.get(item.name)
        learner = (known and known.learner) or name_of(item.name, item.is_dir()).learner
        by_learner.setdefault(learner, []).append(item)
    if not by_learner:
        raise UnreadableSubmission(
            f"{path}: no submissions found: we look for a folder, an archive, a .py or an .ipynb for each learner"
        )
    return [_entry(learner, paths, listed) for learner, paths in sorted(by_learner.items())]


def _entry(learner: str, paths: list[Path], listed: dict[str, HandIn]) -> Entry:
    times = [one.submitted for path in paths if (one := listed.get(path.name)) and one.submitted]
    return Entry(learner, tuple(paths), max(times), "Gradescope") if times else Entry(learner, tuple(paths))


def _is_one_submission(folder: Path, exercises: list[str]) -> bool:
    return any((folder / f"{name}{ending}").exists() for name in exercises for ending in (".py", ".ipynb"))
