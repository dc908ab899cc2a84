"""Read one submission: the modules of the exercises, wherever the learner has put them."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath

from autograder.course.chunks import chunks
from autograder.submissions import ENDINGS, Entry, Submission, UnreadableSubmission
from autograder.submissions.names import name_of
from autograder.submissions.notebook import NotebookError, code_cells, module
from autograder.submissions.unpack import LARGEST_NOTEBOOK, read_file, unpack

MOST_FILES = 200


def read(entry: Entry, stubs: Mapping[str, str], only: list[str]) -> Submission:
    """Read one submission.

    Args:
        entry: from `find`.
        stubs: those of all exercises, by name.
        only: the exercises to be graded.

    Raises:
        UnreadableSubmission: where nothing of it can be graded; the text says why.
    """
    for path in entry.paths:
        if path.is_symlink():
            raise UnreadableSubmission(f"{path.name} is a link: hand in the file itself")
    submitted = datetime.fromtimestamp(max(path.stat().st_mtime for path in entry.paths), timezone.utc)
    notes: list[str] = []
    if all(path.suffix in ENDINGS and path.is_file() for path in entry.paths):
        found: dict[PurePosixPath, bytes] = {}
        for path in entry.paths:
            for name, content in _single(path, stubs, only).items():
                if PurePosixPath(name) in found:
                    raise UnreadableSubmission(f"two files for {name}: {entry.shown}: keep one of them")
                found[PurePosixPath(name)] = content
    elif len(entry.paths) > 1:
        raise UnreadableSubmission(f"two submissions of one learner: {entry.shown}: keep one of them")
    else:
        found = unpack(entry.paths[0])
    modules, notebooks = _without_notebooks(found, stubs, notes)
    files = _at_the_root(modules, list(stubs))
    if not any(f"{name}.py" in files for name in stubs):
        notes.append(f"no exercise in it: looked for {', '.join(f'{name}.py' for name in only[:3])}, …")
    return Submission(files, submitted, notes, notebooks)


def _asked(stub: str) -> set[str]:
    """Return the public functions and classes that a stub asks for."""
    return {name for name in _defined(ast.parse(stub).body) if not name.startswith("_")}


def _defined(body: list[ast.stmt]) -> set[str]:
    kinds = (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)
    return {node.name for node in body if isinstance(node, kinds)}


def _without_notebooks(
    found: dict[PurePosixPath, bytes], stubs: Mapping[str, str], notes: list[str]
) -> tuple[dict[PurePosixPath, bytes], dict[str, str]]:
    """Return the files, each exercise's notebook as the module that its cells make; and the notebooks.

    A notebook counts more than a module of the same name: a stub may have been handed in beside it.
    """
    modules = {path: content for path, content in found.items() if path.suffix == ".py"}
    chosen: dict[str, PurePosixPath] = {}
    for path in sorted(found.keys() - modules.keys(), key=lambda path: (len(path.parts), path)):
        if path.stem not in stubs:
            notes.append(f"{path} is left out: no exercise is called {path.stem}")
        elif path.stem in chosen:
            raise UnreadableSubmission(
                f"{path.name} is in it twice: {chosen[path.stem]} and {path}: keep one of them"
            )
        else:
            chosen[path.stem] = path
    notebooks = {}
    for name, path in chosen.items():
        for other in [other for other in modules if other.name == f"{name}.py"]:
            del modules[other]
        content, notebooks[name] = _module_of(path, found[path], stubs[name], notes)
        if not notebooks[name]:
            modules[PurePosixPath(f"{name}.py")] = content
    return modules, notebooks


def _module_of(path: PurePosixPath, content: bytes, stub: str, notes: list[str]) -> tuple[bytes, str]:
    """Return the module that a notebook's cells make, or why there is none."""
    if len(content) > LARGEST_NOTEBOOK:
        return b"", f"{path.name} is larger than {LARGEST_NOTEBOOK // 2**20} MiB: clear its outputs"
    try:
        made = module(path.stem, chunks(stub), code_cells(content))
    except ModuleNotFoundError as error:
        raise UnreadableSubmission(
            f"{path.name}: grading notebooks needs {error.name}: pip install 'convolution-course[nbgrader]'"
        ) from None
    except NotebookError as error:
        return b"", f"{path.name} cannot be read as a notebook: {error}"
    notes += [f"{path.name}, {note}" for note in made.notes]
    return made.source.encode(), ""


def _single(path: Path, stubs: Mapping[str, str], only: list[str]) -> dict[str, bytes]:
    """Return a single module or notebook under the names of the exercises that it answers."""
    content = read_file(path, path.name)
    original = PurePosixPath(name_of(path.name, is_folder=False).file)
    if original.stem in stubs:
        return {original.name: content}
    if len(only) == 1:
        return {f"{only[0]}{original.suffix}": content}
    if original.suffix == ".ipynb":
        raise UnreadableSubmission(f"{path.name} is the notebook of no exercise: name it after the exercise")
    try:
        body = ast.parse(content).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise UnreadableSubmission(
            f"{path.name} is not Python ({type(error).__name__}), so it does not show which exercise it is: "
            "name it after the exercise"
        ) from None
    answered = [name for name, stub in stubs.items() if _defined(body) & _asked(stub)]
    if not answered:
        raise UnreadableSubmission(
            f"{path.name} defines no function of any exercise: name it after the exercise"
        )
    return {f"{name}.py": content for name in answered}


def _at_the_root(found: dict[PurePosixPath, bytes], exercises: list[str]) -> dict[str, bytes]:
    """Return the files by name, each exercise's module at the root wherever the learner had it."""
    if len(found) > MOST_FILES:
        raise UnreadableSubmission(f"more than {MOST_FILES} Python files in it")
    modules = {f"{name}.py" for name in exercises}
    holders = [path.parent for path in found if path.name in modules]
    root = min(holders, key=lambda folder: (len(folder.parts), folder)) if holders else PurePosixPath()
    files = {
        path.relative_to(root).as_posix(): content
        for path, content in found.items()
        if path.is_relative_to(root)
    }
    for name in modules - files.keys():
        elsewhere = sorted((path for path in found if path.name == name), key=lambda path: len(path.parts))
        if len(elsewhere) > 1 and len(elsewhere[0].parts) == len(elsewhere[1].parts):
            raise UnreadableSubmission(
                f"{name} is in it twice: {elsewhere[0]} and {elsewhere[1]}: keep one of them"
            )
        if elsewhere:
            files[name] = found[elsewhere[0]]
    return files
