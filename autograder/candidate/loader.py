"""Find a submission's modules, which import each other by their plain names."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.util
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import ModuleType

from autograder.candidate.stand_ins import StandIns

# Editors complete `import padding` to `from exercises.padding import ...`, which works at home.
PACKAGE = "exercises"


class _SameModule(importlib.abc.Loader):
    """Lets `exercises.padding` be the module `padding`, not a second one with its own classes and variables."""

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the module that is meant."""
        return importlib.import_module(spec.name.removeprefix(f"{PACKAGE}."))

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: it has run already."""


class _WithStandIns(SourceFileLoader):
    """Loads a module some of whose functions are asked of the examiner."""

    def __init__(self, name: str, path: str, stand_ins: StandIns):
        super().__init__(name, path)
        self._stand_ins = stand_ins

    def exec_module(self, module: ModuleType) -> None:
        """Run the module and replace the functions."""
        super().exec_module(module)
        self._stand_ins.put_into(module)


class SubmissionFinder:
    """An import finder for the exercises in one folder and for given modules, and only for them.

    Python also finds the submission's other files, but last, so that a file called `numpy.py` or `random.py` does
    not hide the real module.
    """

    def __init__(self, folder: Path, files: Mapping[str, Path], stand_ins: StandIns | None = None):
        self.folder = folder
        self.files = files
        self.stand_ins = stand_ins

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where the exercise `name` is; None leaves the search to the other finders."""
        if name == PACKAGE:
            spec = ModuleSpec(name, None, is_package=True)
            spec.submodule_search_locations = [str(self.folder)]
            return spec
        package, _, module = name.partition(".")
        if package == PACKAGE and self._has(module):
            return ModuleSpec(name, _SameModule())
        if not self._has(name):
            return None
        if self.stand_ins and name in self.stand_ins.functions:
            loader = _WithStandIns(name, str(self.files[name]), self.stand_ins)
            return importlib.util.spec_from_file_location(name, self.files[name], loader=loader)
        return importlib.util.spec_from_file_location(name, self.files[name])

    def _has(self, name: str) -> bool:
        return name in self.files and self.files[name].is_file()


def serve_modules(
    folder: Path, names: Iterable[str], given: Mapping[str, Path], stand_ins: StandIns | None = None
) -> None:
    """Make `import padding` load `folder/padding.py`, for every name in `names`, in this process.

    Args:
        folder: of the submission.
        names: the exercises.
        given: the file of each given module, wherever it is.
        stand_ins: what answers for some of the functions; None if nothing does.
    """
    files = {name: folder / f"{name}.py" for name in names} | dict(given)
    sys.meta_path[:] = [
        SubmissionFinder(folder, files, stand_ins),
        *(finder for finder in sys.meta_path if not isinstance(finder, SubmissionFinder)),
    ]
    for name in files:
        sys.modules.pop(name, None)
        sys.modules.pop(f"{PACKAGE}.{name}", None)
    sys.modules.pop(PACKAGE, None)
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    importlib.invalidate_caches()
