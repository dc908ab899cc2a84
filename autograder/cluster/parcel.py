"""A course on its way to a worker."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from autograder.release import write_folder


class Differs(Exception):
    """What a worker would answer with is not what it was asked to; the text says what it is."""


@dataclass(frozen=True)
class CourseParcel:
    """A course on its way: its files, packed, and their hash.

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
            Differs: where they are not those that were sent.
        """
        if hashlib.sha256(self.packed).hexdigest() != self.digest:
            raise Differs("the course did not arrive as it was sent")
        with zipfile.ZipFile(io.BytesIO(self.packed)) as archive:
            write_folder(folder, {name: archive.read(name) for name in archive.namelist()})


def parcel(files: dict[str, bytes], names: list[str]) -> CourseParcel:
    """Pack the files of a course."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return CourseParcel(packed.getvalue(), hashlib.sha256(packed.getvalue()).hexdigest(), tuple(names))
