"""State kept in `.autograder/` beside `grading.toml`: the hints read and the last results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from autograder.files import write_whole

FOLDER = ".autograder"


def recall(course: Path, name: str) -> dict[str, Any]:
    """Return the data stored under a name; empty if the file is missing or broken."""
    try:
        found = json.loads((course / FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def remember(course: Path, name: str, what: dict[str, Any]) -> None:
    """Store data under a name.

    Raises:
        OSError: if the course's folder cannot be written to.
    """
    write_whole(course / FOLDER / f"{name}.json", json.dumps(what, indent=1))
