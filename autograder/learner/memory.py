"""The memory of a learner's folder, in `.autograder/` beside `grading.toml`: hints read, the last results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from autograder.files import write_whole

FOLDER = ".autograder"


def recall(course: Path, name: str) -> dict[str, Any]:
    """Return what was remembered under a name; nothing if the file is missing or broken."""
    try:
        found = json.loads((course / FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def remember(course: Path, name: str, what: dict[str, Any]) -> None:
    """Keep something under a name.

    Raises:
        OSError: if the course's folder cannot be written to.
    """
    write_whole(course / FOLDER / f"{name}.json", json.dumps(what, indent=1))
