"""The kit's own files: those that a folder for learners needs, and how such a folder installs the kit."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from autograder import UserError
from autograder.files import files_below

NAME = "convolution-course"
# The kit's own package.
PACKAGE = Path(__file__).resolve().parents[1]
# The course in a wheel, solutions and hidden suites too: no submission may see it. A checkout has none.
COURSE_DATA = PACKAGE / "course_data"
# The template of a folder for learners; who gets such a folder makes none.
TEMPLATE = PACKAGE / "learners_folder"
# The folder for the kit in a folder that is handed out.
_FOLDER = "kit"


class KitIncomplete(UserError):
    """A file of the kit is missing; the text says which, and what to do."""


def kit_folder() -> Path:
    """Return the folder that holds the kit's course: in a wheel part of the package, otherwise the checkout."""
    return COURSE_DATA if COURSE_DATA.is_dir() else PACKAGE.parent


def kit_file(name: str) -> bytes:
    """Return a file that belongs to the kit.

    Raises:
        KitIncomplete: if it is missing.
    """
    try:
        return (kit_folder() / name).read_bytes()
    except OSError:
        raise KitIncomplete(f"{kit_folder() / name} is missing: install the kit again") from None


@dataclass(frozen=True)
class KitRequirement:
    """How a folder installs the kit.

    Attributes:
        line: of the requirements file.
        files: that the line refers to, by name; none if the kit comes from an index or a URL.
    """

    line: str
    files: dict[str, bytes] = field(default_factory=dict)


def kit_requirement() -> KitRequirement:
    """Return the kit as it was installed here: pinned if it came from an index or a URL, otherwise its files.

    Raises:
        KitIncomplete: if a file is missing.
    """
    # A checkout may have metadata of a build beside it, which say nothing about where it came from.
    if (PACKAGE.parent / "pyproject.toml").is_file():
        return _sources()
    try:
        installed = distribution(NAME)
    except PackageNotFoundError:
        return _sources()
    if not _is_this_package(installed):
        return _sources()
    # PEP 610: where pip found it; a package from an index has no such file.
    text = installed.read_text("direct_url.json")
    if text is None:
        return KitRequirement(f"{NAME}=={installed.version}")
    origin = json.loads(text)
    url = str(origin["url"])
    if url.startswith("file:"):
        return _sources()
    commit = origin.get("vcs_info")
    return KitRequirement(
        f"{NAME} @ {commit['vcs']}+{url}@{commit['commit_id']}" if commit else f"{NAME} @ {url}"
    )


def _is_this_package(installed: Distribution) -> bool:
    """Tell whether the installed distribution is the package that runs, not one behind a checkout."""
    return Path(str(installed.locate_file("autograder"))).resolve() == PACKAGE


def _sources() -> KitRequirement:
    """Return the kit as the files from which it can be installed, without the course."""
    files = {name: kit_file(name) for name in ("pyproject.toml", "README.md", "LICENSE")}
    for package in (PACKAGE, PACKAGE.parent / "trainer"):
        for name, content in files_below(package).items():
            if not any((package / name).is_relative_to(folder) for folder in (COURSE_DATA, TEMPLATE)):
                files[f"{package.name}/{name}"] = content
    return KitRequirement(f"./{_FOLDER}", {f"{_FOLDER}/{name}": content for name, content in files.items()})
