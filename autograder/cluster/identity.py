"""The identity of a grader: everything that must be the same on two machines for the same results."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from autograder.course.kit import PACKAGE
from autograder.grading.cache_key import versions
from autograder.sandbox import Level

# A message names at most so many differing files.
_MOST_NAMED = 3


@dataclass(frozen=True)
class Identity:
    """A grader or a worker, as far as results depend on it.

    Attributes:
        versions: of Python and the libraries.
        kit: the hashes of the kit's own files, by name.
        sandbox: the level that is around submissions.
    """

    versions: dict[str, str]
    kit: dict[str, str]
    sandbox: str

    @property
    def resource(self) -> str:
        """A name that two share if, and only if, nothing differs."""
        summary = repr((sorted(self.versions.items()), sorted(self.kit.items()), self.sandbox))
        return f"autograder-{hashlib.sha256(summary.encode()).hexdigest()}"

    def differences(self, here: Identity) -> str:
        """Return what differs from `here`, for people; empty if nothing does."""
        found = [
            f"{name} {self.versions.get(name, 'none')} there, {here.versions.get(name, 'none')} here"
            for name in sorted(self.versions.keys() | here.versions.keys())
            if self.versions.get(name) != here.versions.get(name)
        ]
        if self.sandbox != here.sandbox:
            found.append(f"--sandbox {self.sandbox} there, {here.sandbox} here")
        files = sorted(
            name for name in self.kit.keys() | here.kit.keys() if self.kit.get(name) != here.kit.get(name)
        )
        if files:
            more = f" and {len(files) - _MOST_NAMED} more" if len(files) > _MOST_NAMED else ""
            found.append(f"another kit: autograder/{', '.join(files[:_MOST_NAMED])}{more}")
        return "; ".join(found)


def own_identity(level: Level) -> Identity:
    """Return the identity of this process with that sandbox."""
    kit = {
        file.relative_to(PACKAGE).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(PACKAGE.rglob("*.py"))
    }
    return Identity(versions(), kit, level.value)
