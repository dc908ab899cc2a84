"""Find the modules of a submission, whose siblings import each other by their plain names."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterable, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType


class SubmissionFinder:
    """An import finder that serves the exercises' names from one folder, and no other name.

    Other files of the submission are found too, but last, so that a file called `numpy.py` or
    `random.py` hides nothing.
    """

    def __init__(self, folder: Path, names: Iterable[str]):
        self.folder = folder
        self.names = frozenset(names)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where the exercise `name` is; None leaves the search to the other finders."""
        file = self.folder / f"{name}.py"
        if name in self.names and file.is_file():
            return importlib.util.spec_from_file_location(name, file)
        return None


def serve_modules(folder: Path, names: Iterable[str]) -> None:
    """Let `import padding` mean `folder/padding.py`, for every name in `names`, in this process."""
    names = list(names)
    sys.meta_path[:] = [
        SubmissionFinder(folder, names),
        *(finder for finder in sys.meta_path if not isinstance(finder, SubmissionFinder)),
    ]
    for name in names:
        sys.modules.pop(name, None)
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    importlib.invalidate_caches()
