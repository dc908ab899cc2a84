"""The identity of a grader: everything that must be equal on two machines to get the same results."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from autograder.course.kit import PACKAGE
from autograder.grading.cache_key import versions
from autograder.sandbox import Level

# The maximum number of differing files named in a message.
_MOST_NAMED = 3


@dataclass(frozen=True)
class Identity:
    """The properties of a grader or worker that results depend on.

    Attributes:
        versions: the versions of Python and the libraries.
        kit: the hashes of the kit's files, by name.
        sandbox: the sandbox level.
    """

    versions: dict[str, str]
    kit: dict[str, str]
    sandbox: str

    @property
    def resource(self) -> str:
        """A name that is equal if and only if the identities are equal."""
        summary = repr((sorted(self.versions.items()), sorted(self.kit.items()), self.sandbox))
        return f"autograder-{hashlib.sha256(summary.encode()).hexdigest()}"

    def differences(self, here: Identity) -> str:
        """Return a description of the differences from `here`; empty if there are none."""
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
            found.append(f"different kit: autograder/{', '.join(files[:_MOST_NAMED])}{more}")
        return "; ".join(found)


def own_identity(level: Level) -> Identity:
    """Return the identity of this process with this sandbox level."""
    kit = {
        file.relative_to(PACKAGE).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(PACKAGE.rglob("*.py"))
    }
    return Identity(versions(), kit, level.value)
