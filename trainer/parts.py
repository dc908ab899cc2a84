"""Load the parts of a network, each from the learner's folder or from the reference solutions."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from trainer import TrainerError

# The parts that the trainer calls; they import the others.
_CALLED_ALWAYS = ("checkpoints", "classification", "numpy_cnn")
_CALLED_WITH_TENSORFLOW = ("networks", "training")


class PartsError(TrainerError):
    """The parts cannot be used."""


@dataclass(frozen=True)
class Parts:
    """The modules that the trainer calls, as attributes, and the file of each part.

    Attributes:
        modules: the modules that the trainer calls, by name.
        files: the file of every part, by the part's name.
        borrowed: the names of the parts taken from the reference solutions.
        folder: the folder of the other parts.
    """

    modules: Mapping[str, ModuleType]
    files: Mapping[str, Path]
    borrowed: tuple[str, ...]
    folder: Path

    def __getattr__(self, name: str) -> ModuleType:
        if name.startswith("_") or name not in self.modules:
            raise AttributeError(name)
        return self.modules[name]

    def whose(self) -> str:
        """Return a line that says where each part comes from."""
        own = [name for name in self.files if name not in self.borrowed]
        if not self.borrowed:
            return f"all parts are from {self.folder}"
        return f"from {self.folder}: {', '.join(own)}; from the reference: {', '.join(self.borrowed)}"


def called_by(network: str) -> tuple[str, ...]:
    """Return the parts that the trainer calls for a network."""
    return _CALLED_ALWAYS if network == "numpy" else (*_CALLED_ALWAYS, *_CALLED_WITH_TENSORFLOW)


class _Finder:
    """An import finder for the parts, and only for them."""

    def __init__(self, files: Mapping[str, Path]):
        self.files = files

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of the part `name`; None leaves other names to the other finders."""
        return importlib.util.spec_from_file_location(name, self.files[name]) if name in self.files else None


def modules_in(folder: Path) -> dict[str, Path]:
    """Return the modules in a folder by name, without the suites."""
    return {path.stem: path for path in sorted(folder.glob("*.py")) if not path.stem.startswith("test_")}


def find_parts(
    folder: Path,
    borrowed: Iterable[str] = (),
    reference: Path = Path("solutions"),
    called: Iterable[str] = called_by(""),
) -> dict[str, Path]:
    """Return the file of each part: `borrowed` parts from `reference`, all others from `folder`.

    Args:
        folder: the folder of the parts.
        borrowed: the names of the parts to take from `reference`.
        reference: the folder of the reference solutions.
        called: the parts that must be there.

    Raises:
        PartsError: for an unknown folder or part.
    """
    if not folder.is_dir():
        raise PartsError(f"--parts {folder}: no such folder")
    files, lent = modules_in(folder), modules_in(reference)
    for name in borrowed:
        if name not in lent:
            raise PartsError(f"--reference {name}: there is no {reference / name}.py")
        files[name] = lent[name]
    for name in called:
        if name not in files:
            raise PartsError(
                f"{folder} has no {name}.py: write it, or use the reference with --reference {name}"
            )
    return files


def load_parts(
    folder: Path,
    borrowed: Iterable[str] = (),
    reference: Path = Path("solutions"),
    called: Iterable[str] = called_by(""),
) -> Parts:
    """Import the parts in `called`: `borrowed` parts from the folder `reference`, all others from `folder`.

    Parts of an earlier call are dropped: `import padding` imports the new one from now on.

    Raises:
        PartsError: for an unknown folder or part, or one that cannot be imported.
    """
    borrowed = tuple(borrowed)
    called = tuple(called)
    files = find_parts(folder, borrowed, reference, called)
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _Finder)]
    sys.meta_path.insert(0, _Finder(files))
    for name in files:
        sys.modules.pop(name, None)
    modules = {}
    for name in called:
        try:
            modules[name] = importlib.import_module(name)
        except Exception as error:
            raise PartsError(blame(error) or f"{name}.py: {error}") from error
    return Parts(modules, files, borrowed, folder)


def parts_in_use() -> list[Path]:
    """Return the files of the parts that are loaded now."""
    finders = [finder for finder in sys.meta_path if isinstance(finder, _Finder)]
    return [file for finder in finders for file in finder.files.values()]


def blame(error: BaseException) -> str | None:
    """Return one line about an exception that a part raised: where, what, what to do. None for other exceptions."""
    known = {file.resolve(): file for file in parts_in_use()}
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).resolve() in known:
        return f"{known[Path(error.filename).resolve()]}:{error.lineno}: syntax error: {error.msg}"
    trainer = Path(__file__).resolve().parent
    frames = [(Path(frame.filename).resolve(), frame) for frame in traceback.extract_tb(error.__traceback__)]
    ours = [(path, frame) for path, frame in frames if path in known or path.parent == trainer]
    # If a part called the trainer back, the error is in the trainer.
    if not ours or ours[-1][0] not in known:
        return None
    path, frame = ours[-1]
    file = known[path]
    place = f"{file}:{frame.lineno}"
    if isinstance(error, NotImplementedError):
        return (
            f"{place}: {file.stem}.{frame.name} is not written yet: "
            f"write it, or use the reference with --reference {file.stem}"
        )
    lines = str(error).strip().splitlines()
    # tf.function puts the traceback into the exception's text; the last line is the original text.
    text = lines[-1].strip().removeprefix(f"{type(error).__name__}: ") if lines else ""
    return f"{place}: {type(error).__name__}: {text}"
