"""The kit's files for a learners' folder, and how such a folder installs the kit."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from autograder import UserError
from autograder.files import files_below

NAME = "convolution-course"
# The kit's package.
PACKAGE = Path(__file__).resolve().parents[1]
# The course inside a wheel, with solutions and hidden suites: no submission may see it. A checkout has none.
COURSE_DATA = PACKAGE / "course_data"
# The template of a learners' folder. Copies of the kit in such folders do not contain it.
TEMPLATE = PACKAGE / "learners_folder"
# The folder for the kit inside a learners' folder.
_FOLDER = "kit"


class KitIncomplete(UserError):
    """A file of the kit is missing; the text says which one and what to do."""


def kit_folder() -> Path:
    """Return the folder of the kit's course: inside the package of a wheel, otherwise the checkout."""
    return COURSE_DATA if COURSE_DATA.is_dir() else PACKAGE.parent


def kit_file(name: str) -> bytes:
    """Return the content of a file of the kit.

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
        line: the line of the requirements file.
        files: the files that the line refers to, by name; empty if the kit comes from an index or a URL.
    """

    line: str
    files: dict[str, bytes] = field(default_factory=dict)


def kit_requirement() -> KitRequirement:
    """Return how the kit was installed here: a pinned requirement if it came from an index or URL, otherwise its files.

    Raises:
        KitIncomplete: if a file is missing.
    """
    # A checkout may have build metadata beside it, which does not say where it came from.
    if (PACKAGE.parent / "pyproject.toml").is_file():
        return _sources()
    try:
        installed = distribution(NAME)
    except PackageNotFoundError:
        return _sources()
    if not _is_this_package(installed):
        return _sources()
    # PEP 610: pip records the origin; a package from an index has no such file.
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
    """Return True if the installed distribution is the running package, not another one."""
    return Path(str(installed.locate_file("autograder"))).resolve() == PACKAGE


def _sources() -> KitRequirement:
    """Return the kit's source files for installation, without the course."""
    files = {name: kit_file(name) for name in ("pyproject.toml", "README.md", "LICENSE")}
    for package in (PACKAGE, PACKAGE.parent / "trainer"):
        for name, content in files_below(package).items():
            if not any((package / name).is_relative_to(folder) for folder in (COURSE_DATA, TEMPLATE)):
                files[f"{package.name}/{name}"] = content
    return KitRequirement(f"./{_FOLDER}", {f"{_FOLDER}/{name}": content for name, content in files.items()})
