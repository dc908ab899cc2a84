"""The tiny course: two exercises, so that the grader is tested in seconds and without TensorFlow."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from autograder.course.cut import cut_course

KIT = Path(__file__).resolve().parents[2]
COURSE = Path(__file__).parent / "tiny_course"
GRADING = (COURSE / "grading.toml").read_text(encoding="utf-8")
DOUBLING = (COURSE / "solutions" / "doubling.py").read_text(encoding="utf-8")
TALLIES = (COURSE / "solutions" / "tallies.py").read_text(encoding="utf-8")
HIDDEN_DOUBLING = (COURSE / "tests" / "hidden" / "test_doubling.py").read_text(encoding="utf-8")


def write_course(folder: Path) -> Path:
    """Copy the course to a folder, and cut its stubs."""
    shutil.copytree(COURSE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    cut_course(folder, ["doubling", "tallies"])
    return folder


def timeless_records(results: Path) -> dict[str, Any]:
    """Return the records in a folder of results, without when they were made and how long that took."""

    def timeless(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: timeless(item) for key, item in value.items() if key not in ("graded", "seconds")}
        return [timeless(item) for item in value] if isinstance(value, list) else value

    files = (results / "records").glob("*.json")
    return {path.name: timeless(json.loads(path.read_text())) for path in files}
