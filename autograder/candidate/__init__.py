"""The candidate: holds a submission's modules and answers a suite's requests with plain data.

When learners run tests, this class runs in the pytest process; when we grade, it runs in a separate, sandboxed
process (`autograder.candidate.serve`). The rules are the same.
"""

from __future__ import annotations

import codecs
import importlib
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from traceback import clear_frames
from typing import Any

import numpy as np

from autograder.candidate.libraries import import_libraries
from autograder.candidate.loader import serve_modules
from autograder.candidate.stand_ins import NobodyStandsIn, StandIns, answer_for
from autograder.course import Limits
from autograder.protocol import plain
from autograder.protocol.calls import (
    EXTRAS,
    CallFunction,
    CallMethod,
    GetAttribute,
    Hold,
    ImportLibraries,
    Iterate,
    ListFiles,
    Load,
    NewFolder,
    Next,
    ReadChanges,
    ReadFile,
    Request,
    StandIn,
    WatchFiles,
    WriteFile,
    read_request,
)
from autograder.sandbox import Level
from autograder.sandbox.file_changes import FileChanges
from autograder.sandbox.limits import is_costly, limit_hit
from autograder.sandbox.refusals import refusal

# A message longer than this is a dump of data, not an explanation.
LONGEST_MESSAGE = 2000


class LimitExceeded(BaseException):
    """A limit was hit; the text says which. Not an `Exception`, so that `except Exception` does not catch it."""


class TimeUp(LimitExceeded):
    """The time for an answer is up."""


class Candidate:
    """Answers requests about the modules in `folder`.

    Args:
        folder: the folder with the submission's modules.
        names: the exercises.
        given: the file of each given module.
        limits: the limits of this process, used to name the limit that was hit.
        level: the sandbox of this process, used to name what it lacks.
        memory: the shared memory with the arrays that are lent; None if they are sent.
        stand_ins: what answers for functions of earlier exercises that do not pass; None if nothing does.

    Attributes:
        last_exception: the submission's last exception, for a debugger when learners run tests.
    """

    def __init__(
        self,
        folder: Path,
        names: Iterable[str],
        given: Mapping[str, Path],
        limits: Limits | None = None,
        level: Level = Level.none,
        memory: memoryview | None = None,
        stand_ins: StandIns | None = None,
    ):
        self.folder = folder.resolve()
        self._names = list(names)
        self._given = {name: path.resolve() for name, path in given.items()}
        self._limits = limits
        self._level = level
        self._memory = memory
        self.last_exception: BaseException | None = None
        self._objects: dict[int, Any] = {}
        # Not from 0: a candidate that replaces a dead one must not reuse its numbers, because the other side may
        # still hold and release them.
        self._next_number = time.monotonic_ns()
        self._generators: dict[int, np.random.Generator] = {}
        self._workspaces: list[tempfile.TemporaryDirectory[str]] = []
        self._watched: FileChanges | None = None
        self._random_states = np.random.get_state(), random.getstate()
        serve_modules(self.folder, self._names, self._given, stand_ins)

    def answer(self, request: bytes) -> bytes:
        """Return the packed reply to a packed request; never raises because of the submission."""
        wanted, release = read_request(request, self._memory)
        for number in release:
            self._objects.pop(number, None)
        try:
            reply = self._reply(wanted)
        except LimitExceeded as stopped:
            self.last_exception = stopped
            reply = {"stopped": str(stopped), "timed_out": isinstance(stopped, TimeUp)}
            if where := self._where(stopped):
                reply["where"] = where
        except NobodyStandsIn as nobody:
            reply = {"nobody": str(nobody)}
        except MemoryError as error:
            # Its frames refer to the data that has filled the memory.
            clear_frames(error.__traceback__)
            reply = self._raised(error)
        except BaseException as error:
            # SystemExit and KeyboardInterrupt too: no exception of a submission may end the session.
            reply = self._raised(error)
        return plain.pack(reply)

    def _reply(self, request: Request) -> dict[str, Any]:
        match request:
            case ImportLibraries(exercises):
                import_libraries(self.folder, exercises, self._given)
                return {"value": None}
            case Load(module):
                return self._load(module)
            case CallFunction():
                return self._call_function(request)
            case CallMethod(handle, name, args, kwargs):
                return self._run(getattr(self._objects[handle.number], name), args, kwargs)
            case GetAttribute(handle, name):
                return self._attribute(self._objects[handle.number], name)
            case Iterate(handle):
                return {"value": self._keep(iter(self._objects[handle.number]))}
            case Next(handle):
                try:
                    return {"value": self._outward(next(self._objects[handle.number]))}
                except StopIteration:
                    return {"end": True}
            case StandIn():
                return answer_for(request, self._names)
            case Hold(files):
                return self._hold(files)
            case NewFolder():
                return {"value": self._new_folder()}
            case ListFiles(folder):
                paths = [path for path in sorted(Path(folder).rglob("*")) if path.is_file()]
                return {"value": {path.relative_to(folder).as_posix(): path.stat().st_size for path in paths}}
            case ReadFile(path):
                return {"value": Path(path).read_bytes()}
            case WriteFile(path, data):
                Path(path).parent.mkdir(parents=True, exist_ok=True)
                Path(path).write_bytes(data)
                return {"value": None}
            case WatchFiles(folder):
                self._watch(folder)
                return {"value": None}
            case ReadChanges():
                return {"value": self._watched.read() if self._watched else []}
        raise AssertionError("unreachable")

    def _load(self, module: str) -> dict[str, Any]:
        try:
            importlib.import_module(module)
        except (LimitExceeded, NobodyStandsIn):
            raise
        except ModuleNotFoundError as error:
            if error.name == module:
                return {"unusable": f"there is no {module}.py"}
            if error.name in EXTRAS:
                return {"needs": error.name}
            return self._load_failure(module, error)
        except BaseException as error:
            return self._limit_hit(error) or self._load_failure(module, error)
        return {}

    def _call_function(self, request: CallFunction) -> dict[str, Any]:
        loaded = importlib.import_module(request.module)
        function = getattr(loaded, request.name, None)
        if function is None:
            return {"missing": self._public_names(loaded)}
        if not callable(function):
            return {"not_callable": type(function).__name__}
        if request.graph == "gradient":
            function = _gradient(function)
        elif request.graph:
            function = _in_graph(function, any_batch=request.graph == "any batch")
        return self._run(function, request.args, request.kwargs)

    def _attribute(self, target: Any, name: str) -> dict[str, Any]:
        if not hasattr(target, name):
            return {"missing": [text for text in dir(target) if not text.startswith("_")]}
        value = getattr(target, name)
        return {"callable": True} if callable(value) else {"value": self._outward(value)}

    def _hold(self, files: dict[str, bytes]) -> dict[str, Any]:
        self._objects.clear()
        self._generators.clear()
        for workspace in self._workspaces:
            workspace.cleanup()
        self._workspaces.clear()
        np.random.set_state(self._random_states[0])
        random.setstate(self._random_states[1])
        folder = Path(self._new_folder())
        for name, content in files.items():
            (folder / name).write_bytes(content)
        self.folder = folder.resolve()
        serve_modules(self.folder, self._names, self._given)
        return {}

    def _new_folder(self) -> str:
        workspace = tempfile.TemporaryDirectory(prefix="workspace-")
        self._workspaces.append(workspace)
        return workspace.name

    def _watch(self, folder: str) -> None:
        if self._watched:
            self._watched.close()
        opened = os.open(folder, os.O_RDONLY)
        try:
            self._watched = FileChanges(opened)
        finally:
            os.close(opened)

    def _run(self, function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> dict[str, Any]:
        inward_args, inward_kwargs = self._inward(args), self._inward(kwargs)
        mutable = [
            (label, value, before)
            for label, value in (*enumerate(inward_args), *inward_kwargs.items())
            # A list that the submission has returned before may hold its own objects.
            if type(value) in (np.ndarray, list, tuple, dict) and (before := _packed(value)) is not None
        ]
        value = function(*inward_args, **inward_kwargs)
        reply: dict[str, Any] = {"value": self._outward(value)}
        changed = [label for label, argument, before in mutable if _packed(argument) != before]
        if changed:
            reply["changed"] = changed
        return reply

    def _inward(self, value: Any) -> Any:
        """Replace handles, generators and tensors in an argument by the real objects."""
        if isinstance(value, plain.Handle):
            return self._objects[value.number]
        if isinstance(value, plain.GeneratorSeed):
            if value.number not in self._generators:
                self._generators[value.number] = value.build()
            return self._generators[value.number]
        if isinstance(value, plain.Tensor):
            import tensorflow as tf  # takes seconds, and few tests need it

            return tf.constant(value.array)
        if type(value) in (list, tuple):
            return type(value)(self._inward(item) for item in value)
        if type(value) is dict:
            return {key: self._inward(item) for key, item in value.items()}
        return value

    def _outward(self, value: Any) -> Any:
        """Return `value` if it is plain data, otherwise a handle for it."""
        try:
            plain.pack(value)
        except plain.NotPlain:
            return self._keep(value)
        return value

    def _keep(self, value: Any) -> plain.Handle:
        self._next_number += 1
        self._objects[self._next_number] = value
        return plain.Handle(self._next_number, type(value).__name__)

    def _public_names(self, module: object) -> list[str]:
        return [
            name
            for name, value in vars(module).items()
            if not name.startswith("_") and getattr(value, "__module__", None) == module.__name__  # type: ignore[attr-defined]
        ]

    def _raised(self, error: BaseException) -> dict[str, Any]:
        self.last_exception = error
        if hit := self._limit_hit(error):
            return hit
        reply: dict[str, Any] = {
            "raised": type(error).__name__,
            "bases": [base.__name__ for base in type(error).__mro__],
            "text": self._explained(error),
        }
        where = self._where(error)
        if where:
            reply["where"] = where
        if isinstance(error, NotImplementedError):
            reply["unwritten"] = self._is_a_stubs(error)
        return reply

    def _explained(self, error: BaseException) -> str:
        lacking = refusal(error, self._level)
        if not lacking or isinstance(error, (OSError, EOFError)):
            return lacking or _text(error)
        return f"{_text(error)}: {lacking}"

    def _limit_hit(self, error: BaseException) -> dict[str, Any]:
        """Return the reply for an exception that a limit caused; empty for any other."""
        hit = limit_hit(error, self._limits) if self._limits else ""
        return {"stopped": hit, "costly": is_costly(error)} if hit else {}

    def _is_a_stubs(self, error: NotImplementedError) -> bool:
        """Return True if a stub raised the error: not a library, and not the learner's own code, which says why."""
        if text := str(error).rstrip():
            # tf.function raises it again elsewhere; the new text ends with the stub's empty text.
            return text.endswith("NotImplementedError:")
        traceback = error.__traceback__
        while traceback is not None and traceback.tb_next is not None:
            traceback = traceback.tb_next
        return traceback is not None and Path(traceback.tb_frame.f_code.co_filename).is_relative_to(
            self.folder
        )

    def _where(self, error: BaseException) -> list[Any] | None:
        """Return file, line and function of the submission's innermost frame in the traceback."""
        found = None
        traceback = error.__traceback__
        while traceback is not None:
            code = traceback.tb_frame.f_code
            path = Path(code.co_filename)
            if path.is_relative_to(self.folder) and path not in self._given.values():
                file = path.relative_to(self.folder).as_posix()
                found = [
                    file,
                    traceback.tb_lineno,
                    code.co_qualname if hasattr(code, "co_qualname") else code.co_name,
                ]
            traceback = traceback.tb_next
        return found

    def _load_failure(self, module: str, error: BaseException) -> dict[str, Any]:
        self.last_exception = error
        # Some versions of Python raise a SyntaxError for its zero bytes, some a ValueError.
        if isinstance(error, (SyntaxError, ValueError)) and _is_utf_16(self.folder / f"{module}.py"):
            return {"unusable": f"{module}.py is UTF-16 (Notepad calls it Unicode): save it as UTF-8"}
        if isinstance(error, SyntaxError):
            location = f"{module}.py" if error.lineno is None else f"{module}.py, line {error.lineno}"
            if "'utf-8' codec" in error.msg or "Non-UTF-8" in error.msg:
                return {"unusable": f"{location} is not UTF-8: save the file as UTF-8"}
            line = (error.text or "").strip()
            return {"unusable": f"{location}: syntax error: {error.msg}" + (f": {line[:80]}" if line else "")}
        where = self._where(error)
        location = f"{where[0]}, line {where[1]}" if where else f"{module}.py"
        if isinstance(error, SystemExit):
            return {"unusable": f"{location} exits Python on import: remove that call"}
        return {"unusable": f"{location} raises on import: {type(error).__name__}: {self._explained(error)}"}


def _is_utf_16(file: Path) -> bool:
    with suppress(OSError), file.open("rb") as source:
        return source.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return False


def _text(error: BaseException) -> str:
    try:
        # KeyError's str is the repr of its key.
        text = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
    except Exception:
        text = "(its text cannot be read)"
    if isinstance(error, SystemExit):
        return "exit() ends Python here: return the answer instead"
    if isinstance(error, AssertionError) and not text:
        return "an assert of yours does not hold"
    # What Python says where nobody can type, and what pytest says.
    if text == "EOF when reading a line" or "reading from stdin while output is captured" in text:
        return "input() waits for somebody to type: use the arguments instead"
    if text.startswith("in user code:"):
        # tf.function puts the traceback into the text; the last line is the original error.
        text = text.rstrip().splitlines()[-1].strip().removeprefix(f"{type(error).__name__}: ")
    if text.startswith("Cannot convert a symbolic"):
        return "NumPy's functions cannot take a tensor inside tf.function: call TensorFlow's"
    return text[:LONGEST_MESSAGE]


def _packed(value: object) -> bytes | None:
    try:
        return plain.pack(value)
    except plain.NotPlain:
        return None


def _gradient(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that returns the gradient of `function` with respect to its first argument.

    Of an answer of several numbers, it is that of their sum, each times its place in the order of reading.
    """
    import tensorflow as tf  # takes seconds, and few tests need it

    def as_tensor(value: Any) -> Any:
        return tf.constant(value) if isinstance(value, np.ndarray) else value

    def run(first: Any, *args: Any, **kwargs: Any) -> Any:
        others, named = tf.nest.map_structure(as_tensor, (args, kwargs))
        with tf.GradientTape() as record:
            watched = tf.constant(first)
            record.watch(watched)
            answer = tf.convert_to_tensor(function(watched, *others, **named))
            if not answer.dtype.is_floating:
                raise TypeError(f"an answer of {answer.dtype.name} has no gradient")
            places = tf.range(1, tf.size(answer) + 1)
            total = tf.reduce_sum(answer * tf.cast(tf.reshape(places, tf.shape(answer)), answer.dtype))
        # What does not go through TensorFlow, as NumPy's functions do not, has no gradient.
        found = record.gradient(total, watched, unconnected_gradients=tf.UnconnectedGradients.ZERO)
        return tf.convert_to_tensor(found)  # `tf.gather` has one in pieces

    return run


def _in_graph(function: Callable[..., Any], any_batch: bool) -> Callable[..., Any]:
    """Return `function` traced by `tf.function`, with its arrays as tensors.

    With `any_batch`, the first dimension of every array is unknown during tracing, as in a network that is built
    before it sees a batch.
    """
    import tensorflow as tf  # takes seconds, and few tests need it

    # Every call is traced again on purpose; TensorFlow would warn about it.
    tf.get_logger().setLevel("ERROR")

    def run(*args: Any, **kwargs: Any) -> Any:
        leaves = tf.nest.flatten((args, kwargs))
        is_array = [isinstance(leaf, np.ndarray) or tf.is_tensor(leaf) for leaf in leaves]
        tensors = [tf.convert_to_tensor(leaf) for leaf, yes in zip(leaves, is_array, strict=True) if yes]
        specs = [
            tf.TensorSpec(
                [None, *tensor.shape[1:]] if any_batch and tensor.shape.rank else tensor.shape, tensor.dtype
            )
            for tensor in tensors
        ]

        @tf.function(input_signature=specs)  # type: ignore[untyped-decorator]  # TensorFlow has no types
        def traced(*inner: Any) -> Any:
            remaining = iter(inner)
            filled = [next(remaining) if yes else leaf for leaf, yes in zip(leaves, is_array, strict=True)]
            inner_args, inner_kwargs = tf.nest.pack_sequence_as((args, kwargs), filled)
            return function(*inner_args, **inner_kwargs)

        return traced(*tensors)

    return run
