"""A course as a bundle: the packed files that a worker needs, with their hash."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from autograder.files import write_folder


class Corrupted(Exception):
    """A worker's course, submission or kit differs from the grader's; the text says which one."""


@dataclass(frozen=True)
class CourseBundle:
    """The files of a course, packed, and their hash.

    Attributes:
        packed: a zip file.
        digest: its SHA-256.
        names: the exercises whose suites may be run.
    """

    packed: bytes = field(compare=False, repr=False)
    digest: str
    names: tuple[str, ...]

    def unpack(self, folder: Path) -> None:
        """Write the files below a folder.

        Raises:
            Corrupted: if they are damaged.
        """
        if hashlib.sha256(self.packed).hexdigest() != self.digest:
            raise Corrupted("the course was damaged on the way")
        with zipfile.ZipFile(io.BytesIO(self.packed)) as archive:
            write_folder(folder, {name: archive.read(name) for name in archive.namelist()})


def bundle(files: dict[str, bytes], names: list[str]) -> CourseBundle:
    """Pack the files of a course."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return CourseBundle(packed.getvalue(), hashlib.sha256(packed.getvalue()).hexdigest(), tuple(names))
