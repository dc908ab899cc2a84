"""A course as a bundle: the files that a worker needs, packed, with their hash."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from autograder.files import write_folder


class Corrupted(Exception):
    """Course, submission or kit of a worker are not those of the grader; the text says which."""


@dataclass(frozen=True)
class CourseBundle:
    """The files of a course, packed, and their hash.

    Attributes:
        packed: a zip file.
        digest: its SHA-256.
        names: the exercises whose suites will be asked for.
    """

    packed: bytes = field(compare=False, repr=False)
    digest: str
    names: tuple[str, ...]

    def unpack(self, folder: Path) -> None:
        """Write the files below a folder.

        Raises:
            Corrupted: if they are not those that were sent.
        """
        if hashlib.sha256(self.packed).hexdigest() != self.digest:
            raise Corrupted("the course did not arrive as it was sent")
        with zipfile.ZipFile(io.BytesIO(self.packed)) as archive:
            write_folder(folder, {name: archive.read(name) for name in archive.namelist()})


def bundle(files: dict[str, bytes], names: list[str]) -> CourseBundle:
    """Pack the files of a course."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return CourseBundle(packed.getvalue(), hashlib.sha256(packed.getvalue()).hexdigest(), tuple(names))
