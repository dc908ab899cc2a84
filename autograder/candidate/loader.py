"""Find a submission's modules, which import each other by their plain names."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.util
import sys
from collections.abc import Iterable, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

# Editors complete `import padding` to `from exercises.padding import ...`, which works at home.
_PACKAGE = "exercises"


class _SameModule(importlib.abc.Loader):
    """Lets `exercises.padding` be the module `padding`, not a second one with its own classes and variables."""

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the module that is meant."""
        return importlib.import_module(spec.name.removeprefix(f"{_PACKAGE}."))

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: it has run already."""


class SubmissionFinder:
    """An import finder for the exercises in one folder, and only for them.

    Python also finds the submission's other files, but last, so that a file called `numpy.py` or `random.py` does
    not hide the real module.
    """

    def __init__(self, folder: Path, names: Iterable[str]):
        self.folder = folder
        self.names = frozenset(names)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where the exercise `name` is; None leaves the search to the other finders."""
        if name == _PACKAGE:
            spec = ModuleSpec(name, None, is_package=True)
            spec.submodule_search_locations = [str(self.folder)]
            return spec
        package, _, module = name.partition(".")
        if package == _PACKAGE and module in self.names and (self.folder / f"{module}.py").is_file():
            return ModuleSpec(name, _SameModule())
        file = self.folder / f"{name}.py"
        if name in self.names and file.is_file():
            return importlib.util.spec_from_file_location(name, file)
        return None


def serve_modules(folder: Path, names: Iterable[str]) -> None:
    """Make `import padding` load `folder/padding.py`, for every name in `names`, in this process."""
    names = list(names)
    sys.meta_path[:] = [
        SubmissionFinder(folder, names),
        *(finder for finder in sys.meta_path if not isinstance(finder, SubmissionFinder)),
    ]
    for name in names:
        sys.modules.pop(name, None)
        sys.modules.pop(f"{_PACKAGE}.{name}", None)
    sys.modules.pop(_PACKAGE, None)
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    importlib.invalidate_caches()
