"""The candidate's side: holds a submission's modules and answers requests, in plain data.

A request and its reply are packed dictionaries (see `plain`). A learner's own run uses this class in
its own process; grading uses it in a process apart (`candidate_process`): both judge by the same rules.
"""

from __future__ import annotations

import importlib
import os
import random
import signal
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from traceback import clear_frames
from typing import Any

import numpy as np

from autograder import plain
from autograder.loader import serve_modules
from autograder.sandbox.limits import limit_hit

# A message longer than this is a dump, not an explanation.
LONGEST_MESSAGE = 2000


class Stopped(BaseException):
    """A limit was hit; the text says which. Not an `Exception`, so that `except Exception` lets it by."""


class Candidate:
    """Answers requests about the modules in `folder`.

    Args:
        folder: of the submission's modules.
        names: the exercises.
        limits: those that this process is held to, so that one that is hit has its name.

    Attributes:
        last_exception: what the submission raised last, for a debugger in a learner's own run.
    """

    def __init__(self, folder: Path, names: Iterable[str], limits: dict[str, Any] | None = None):
        self.folder = folder.resolve()
        self._names = list(names)
        self._limits = limits
        self.last_exception: BaseException | None = None
        self._objects: dict[int, Any] = {}
        # Not from 0: a candidate that takes the place of one that died must not use its numbers again, which
        # the other side may still hold, and release.
        self._next_number = time.monotonic_ns()
        self._generators: dict[int, np.random.Generator] = {}
        self._workspaces: list[tempfile.TemporaryDirectory[str]] = []
        self._random_states = np.random.get_state(), random.getstate()
        serve_modules(self.folder, self._names)

    def answer(self, request: bytes) -> bytes:
        """Return the packed reply to a packed request; never raises for what the submission does."""
        message = plain.unpack(request)
        for number in message.pop("release", ()):
            self._objects.pop(number, None)
        operation = getattr(self, f"_do_{message.pop('do')}")
        try:
            reply = operation(**message)
        except Stopped as stopped:
            reply = {"stopped": str(stopped)}
        except MemoryError as error:
            # Its frames hold what has filled the memory.
            clear_frames(error.__traceback__)
            reply = self._raised(error)
        except BaseException as error:
            # SystemExit and KeyboardInterrupt too: nothing a submission raises may end the conversation.
            reply = self._raised(error)
        return plain.pack(reply)

    # The operations. Their arguments are the keys of the request.

    def _do_load(self, module: str) -> dict[str, Any]:
        try:
            importlib.import_module(module)
        except Stopped:
            raise
        except ModuleNotFoundError as error:
            if error.name == module:
                return {"unusable": f"there is no {module}.py"}
            return self._load_failure(module, error)
        except BaseException as error:
            hit = self._limit_hit(error)
            return {"stopped": hit} if hit else self._load_failure(module, error)
        return {}

    def _do_call(
        self, module: str, name: str, args: list, kwargs: dict, mode: dict[str, Any]
    ) -> dict[str, Any]:
        loaded = importlib.import_module(module)
        function = getattr(loaded, name, None)
        if function is None:
            return {"missing": self._public_names(loaded)}
        if not callable(function):
            return {"not_callable": type(function).__name__}
        return self._run(function, args, kwargs, mode)

    def _do_method(self, handle: plain.Handle, name: str, args: list, kwargs: dict) -> dict[str, Any]:
        return self._run(getattr(self._objects[handle.number], name), args, kwargs, {})

    def _do_attribute(self, handle: plain.Handle, name: str) -> dict[str, Any]:
        target = self._objects[handle.number]
        if not hasattr(target, name):
            return {"missing": [text for text in dir(target) if not text.startswith("_")]}
        value = getattr(target, name)
        return {"callable": True} if callable(value) else {"value": self._outward(value)}

    def _do_next(self, handle: plain.Handle) -> dict[str, Any]:
        try:
            return {"value": self._outward(next(self._objects[handle.number]))}
        except StopIteration:
            return {"end": True}

    def _do_iterate(self, handle: plain.Handle) -> dict[str, Any]:
        return {"value": self._keep(iter(self._objects[handle.number]))}

    def _do_hold(self, files: dict[str, bytes]) -> dict[str, Any]:
        """Hold other modules from now on, as if it had begun with them."""
        self._objects.clear()
        self._generators.clear()
        for workspace in self._workspaces:
            workspace.cleanup()
        self._workspaces.clear()
        np.random.set_state(self._random_states[0])
        random.setstate(self._random_states[1])
        folder = Path(self._do_new_folder()["value"])
        for name, content in files.items():
            (folder / name).write_bytes(content)
        self.folder = folder.resolve()
        serve_modules(self.folder, self._names)
        return {}

    def _do_new_folder(self) -> dict[str, Any]:
        workspace = tempfile.TemporaryDirectory(prefix="workspace-")
        self._workspaces.append(workspace)
        return {"value": workspace.name}

    def _do_files(self, folder: str) -> dict[str, Any]:
        root = Path(folder)
        found = {
            path.relative_to(root).as_posix(): path.stat().st_size
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }
        return {"value": found}

    def _do_read(self, path: str) -> dict[str, Any]:
        return {"value": Path(path).read_bytes()}

    def _do_write(self, path: str, data: bytes) -> dict[str, Any]:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(data)
        return {"value": None}

    # What the operations share.

    def _run(
        self, function: Callable[..., Any], args: list, kwargs: dict, mode: dict[str, Any]
    ) -> dict[str, Any]:
        inward_args = [self._inward(item) for item in args]
        inward_kwargs = {key: self._inward(item) for key, item in kwargs.items()}
        mutable = [
            (label, value, plain.pack(value))
            for label, value in (*enumerate(inward_args), *inward_kwargs.items())
            if type(value) in (np.ndarray, list, tuple, dict)
        ]
        if "graph" in mode:
            function = _in_graph(function, any_batch=mode["graph"] == "any batch")
        if "crash_after" in mode:
            return {"value": _crash(function, inward_args, inward_kwargs, mode["crash_after"])}
        value = function(*inward_args, **inward_kwargs)
        reply: dict[str, Any] = {"value": self._outward(value)}
        changed = [label for label, argument, before in mutable if _packed(argument) != before]
        if changed:
            reply["changed"] = changed
        return reply

    def _inward(self, value: Any) -> Any:
        """Turn handles, generators and tensors in an argument into the objects they stand for."""
        if isinstance(value, plain.Handle):
            return self._objects[value.number]
        if isinstance(value, plain.GeneratorSeed):
            if value.number not in self._generators:
                self._generators[value.number] = value.build()
            return self._generators[value.number]
        if isinstance(value, plain.Tensor):
            import tensorflow as tf  # takes seconds, and few contracts ask for it

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
            return {"stopped": hit}
        reply: dict[str, Any] = {
            "raised": type(error).__name__,
            "bases": [base.__name__ for base in type(error).__mro__],
            "text": _text(error),
        }
        where = self._where(error)
        if where:
            reply["where"] = where
        if isinstance(error, NotImplementedError):
            reply["unwritten"] = self._is_a_stubs(error)
        return reply

    def _limit_hit(self, error: BaseException) -> str:
        return limit_hit(error, self._limits) if self._limits else ""

    def _is_a_stubs(self, error: NotImplementedError) -> bool:
        """Tell a stub's error from one of a library, such as NumPy's about a symbolic tensor."""
        traceback = error.__traceback__
        while traceback is not None and traceback.tb_next is not None:
            traceback = traceback.tb_next
        own = traceback is not None and Path(traceback.tb_frame.f_code.co_filename).is_relative_to(
            self.folder
        )
        # tf.function raises it again from a place of its own, with the first one's text, none, at the end.
        return own or str(error).rstrip().endswith("NotImplementedError:")

    def _where(self, error: BaseException) -> list[Any] | None:
        """Return file, line and function of the submission's innermost frame in the traceback."""
        found = None
        traceback = error.__traceback__
        while traceback is not None:
            code = traceback.tb_frame.f_code
            if Path(code.co_filename).is_relative_to(self.folder):
                file = Path(code.co_filename).relative_to(self.folder).as_posix()
                found = [
                    file,
                    traceback.tb_lineno,
                    code.co_qualname if hasattr(code, "co_qualname") else code.co_name,
                ]
            traceback = traceback.tb_next
        return found

    def _load_failure(self, module: str, error: BaseException) -> dict[str, Any]:
        self.last_exception = error
        if isinstance(error, SyntaxError):
            place = f"{module}.py" if error.lineno is None else f"{module}.py, line {error.lineno}"
            if "'utf-8' codec" in error.msg or "Non-UTF-8" in error.msg:
                return {"unusable": f"{place} is not UTF-8: save the file as UTF-8"}
            line = (error.text or "").strip()
            return {"unusable": f"{place} is not Python: {error.msg}" + (f": {line[:80]}" if line else "")}
        where = self._where(error)
        place = f"{where[0]}, line {where[1]}" if where else f"{module}.py"
        if isinstance(error, SystemExit):
            return {"unusable": f"{place} ends Python on import: remove that call"}
        return {"unusable": f"{place} raises on import: {type(error).__name__}: {_text(error)}"}


def _text(error: BaseException) -> str:
    try:
        # KeyError's str is the repr of its key.
        text = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
    except Exception:
        text = "(its text cannot be read)"
    if text.startswith("in user code:"):
        # tf.function wraps the text in the lines of the traceback; the error itself is the last one.
        text = text.rstrip().splitlines()[-1].strip().removeprefix(f"{type(error).__name__}: ")
    return text[:LONGEST_MESSAGE]


def _packed(value: object) -> bytes | None:
    try:
        return plain.pack(value)
    except plain.NotPlain:
        return None


def _in_graph(function: Callable[..., Any], any_batch: bool) -> Callable[..., Any]:
    """Return `function` traced by `tf.function`, its arrays as tensors.

    With `any_batch` the first dimension of every array is unknown while the function is traced, as it
    is in a network that is built before it sees a batch.
    """
    import tensorflow as tf  # takes seconds, and few contracts ask for it

    # Every call is traced anew, on purpose; TensorFlow would warn of it.
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

        @tf.function(input_signature=specs)
        def traced(*inner: Any) -> Any:
            remaining = iter(inner)
            filled = [next(remaining) if yes else leaf for leaf, yes in zip(leaves, is_array, strict=True)]
            inner_args, inner_kwargs = tf.nest.pack_sequence_as((args, kwargs), filled)
            return function(*inner_args, **inner_kwargs)

        return traced(*tensors)

    return run


def _crash(function: Callable[..., Any], args: list, kwargs: dict, after_bytes: int) -> bool:
    """Call `function` in a forked copy that the kernel kills once a file of it passes `after_bytes`.

    Returns whether it was killed: False says that it finished, its files being small enough.
    """
    import resource  # POSIX only, as is grading

    child = os.fork()
    if child == 0:
        # The kernel's own signal at the limit; Python ignores it unless told otherwise.
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (after_bytes, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        try:
            function(*args, **kwargs)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
