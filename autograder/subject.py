"""The suite's side: what stands for a submission's module in a test.

`padding.same_padding(5, 3, 2)` in a test is a request to the candidate and its reply, in plain data.
Every call is recorded, so that a failure can show it.
"""

from __future__ import annotations

import time
import weakref
from collections import Counter
from difflib import get_close_matches
from typing import Any, Protocol

import numpy as np

from autograder import plain
from autograder.expected import Mismatch, describe
from autograder.recorder import Call, Exchange, Recorder

# The exceptions a contract may ask for. Any other that a submission raises is a `SubmissionError`.
_CONTRACT_EXCEPTIONS: dict[str, type[Exception]] = {
    exception.__name__: exception
    for exception in (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        ZeroDivisionError,
        OverflowError,
        ArithmeticError,
        OSError,
        FileNotFoundError,
        FileExistsError,
        NotADirectoryError,
        IsADirectoryError,
        PermissionError,
        EOFError,
        RuntimeError,
    )
}


# A module or class that has hung that often is not called any more: a class is to be graded tonight.
_MOST_HANGS = 3


# An explanation is shorter; what is longer is not for reading.
_LONGEST_TEXT = 2000
# Of the names that a module defines.
_MOST_NAMES, _LONGEST_NAME = 200, 80


class CannotAnswer(BaseException):
    """The submission cannot answer at all. Not an `Exception`: hypothesis must not try smaller examples."""


class Hung(CannotAnswer):
    """The submission gave no answer in time."""


class Unwritten(CannotAnswer):
    """The function is a stub still."""


class SubmissionError(Exception):
    """The submission raised something that no contract asks for."""


class Link(Protocol):
    """How requests reach a candidate."""

    def ask(self, request: bytes) -> bytes:
        """Return the reply. Raises CannotAnswer where the candidate hangs, dies or hits a limit."""
        ...


class Conversation:
    """Requests and replies over one link, with the rules that hold for every reply."""

    def __init__(self, link: Link, recorder: Recorder):
        self.link = link
        self.recorder = recorder
        self._released: list[int] = []
        self._unusable: dict[str, str] = {}
        self._loaded: set[str] = set()
        self._hangs: Counter[str] = Counter()
        self._generators: dict[int, tuple[np.random.Generator, plain.GeneratorSeed]] = {}

    def ask(self, do: str, **message: Any) -> dict[str, Any]:
        """Send one request and return the reply, which is a dictionary whatever the candidate sent."""
        # The same list stays: finalizers append to it.
        released = self._released[:]
        self._released.clear()
        request = plain.pack({"do": do, "release": released, **message})
        begun = time.perf_counter()
        reply = self.link.ask(request)
        self.recorder.exchanged(Exchange(request, reply, time.perf_counter() - begun))
        try:
            unpacked = plain.unpack(reply)
        except ValueError as error:
            raise CannotAnswer(f"its answer cannot be read ({error})") from None
        if not isinstance(unpacked, dict):
            raise CannotAnswer("its answer cannot be read")
        if "stopped" in unpacked:
            raise CannotAnswer(f"stopped: {_said(unpacked['stopped'])}")
        return unpacked

    def load(self, module: str) -> None:
        """Make sure that `module` can be imported; the attempt is made once."""
        if module in self._loaded:
            return
        if module not in self._unusable:
            try:
                reply = self.ask("load", module=module)
            except CannotAnswer as error:
                self._unusable[module] = f"{module}.py cannot be imported: {error}"
            else:
                if "unusable" not in reply:
                    self._loaded.add(module)
                    return
                self._unusable[module] = _said(reply["unusable"])
        raise CannotAnswer(self._unusable[module])

    def call(self, shown_name: str, do: str, args: tuple, kwargs: dict, **message: Any) -> Any:
        """Make one recorded call and return its value, or raise what it raised."""
        context = "  inside tf.function" if "graph" in message.get("mode", {}) else ""
        call = Call(shown_name, args, kwargs, context=context)
        self.recorder.calls.append(call)
        self.recorder.called.add(shown_name)
        subject = shown_name.partition(".")[0]
        if self._hangs[subject] >= _MOST_HANGS:
            raise CannotAnswer(
                f"not called any more: {_MOST_HANGS} calls of {subject} gave no answer in time"
            )
        try:
            reply = self.ask(
                do,
                args=[self._outward(value) for value in args],
                kwargs={key: self._outward(value) for key, value in kwargs.items()},
                **message,
            )
        except CannotAnswer as error:
            call.outcome = str(error)
            self._hangs[subject] += isinstance(error, Hung)
            raise
        value = self.value_of(call, reply)
        self.recorder.answered.add(shown_name)
        return value

    def value_of(self, call: Call, reply: dict[str, Any]) -> Any:
        """Return the value in a reply, or raise what the reply says."""
        if "missing" in reply:
            raise CannotAnswer(_missing(call.name, reply["missing"]))
        if "not_callable" in reply:
            raise CannotAnswer(f"{call.name} is a {_said(reply['not_callable'])}, not a function")
        if "raised" in reply:
            self._raise(call, reply)
        if "value" not in reply:
            raise CannotAnswer("its answer cannot be read")
        value = self.inward(reply["value"])
        call.outcome = describe(value)
        if isinstance(value, np.ndarray) and any(
            isinstance(item, np.random.Generator) for item in (*call.args, *call.kwargs.values())
        ):
            call.drawn = value
        if "changed" in reply:
            changed = reply["changed"] if isinstance(reply["changed"], list) else []
            labels = [
                f"`{key}`" if isinstance(key, str) else f"number {key + 1}"
                for key in changed
                if isinstance(key, (str, int))
            ]
            raise Mismatch(
                f"{call.name} changed its argument {' and '.join(labels)} in place: make a new one instead"
            )
        return value

    def _raise(self, call: Call, reply: dict[str, Any]) -> None:
        name, text = _said(reply["raised"]), _said(reply.get("text", ""))
        where = reply.get("where")
        if isinstance(where, list) and [type(part) for part in where] == [str, int, str]:
            call.where = (_said(where[0]), where[1], _said(where[2]))
        call.outcome = f"{name}: {' '.join(text.split())}" if text else name
        if reply.get("unwritten") is True:
            written = call.where[2] if call.where else call.name
            raise Unwritten(f"{written} is not written yet")
        bases = reply.get("bases")
        for base in bases if isinstance(bases, list) else []:
            if isinstance(base, str) and base in _CONTRACT_EXCEPTIONS:
                error = _CONTRACT_EXCEPTIONS[base](text)
                error.from_submission = True  # type: ignore[attr-defined]
                raise error
        raise SubmissionError(call.outcome)

    def inward(self, value: Any, depth: int = 0) -> Any:
        """Turn what came back into what a suite works with: no tensors, and proxies for handles."""
        if depth > plain.DEEPEST:
            raise CannotAnswer("its answer cannot be read")
        if isinstance(value, plain.Tensor):
            return value.array
        if isinstance(value, plain.Handle):
            remote = RemoteObject(self, plain.Handle(value.number, _said(value.class_name)[:_LONGEST_NAME]))
            weakref.finalize(remote, self._released.append, value.number).atexit = False
            return remote
        if type(value) in (list, tuple):
            return type(value)(self.inward(item, depth + 1) for item in value)
        if type(value) is dict:
            return {key: self.inward(item, depth + 1) for key, item in value.items()}
        return value

    def _outward(self, value: Any) -> Any:
        if isinstance(value, RemoteObject):
            return object.__getattribute__(value, "_handle")
        if isinstance(value, np.random.Generator):
            # The other side keeps the generator, so that its state moves on from call to call.
            if id(value) not in self._generators:
                seed = plain.GeneratorSeed(len(self._generators), dict(value.bit_generator.state))
                self._generators[id(value)] = (value, seed)
            return self._generators[id(value)][1]
        if type(value) in (list, tuple):
            return type(value)(self._outward(item) for item in value)
        if type(value) is dict:
            return {key: self._outward(item) for key, item in value.items()}
        return value


class RemoteObject:
    """An object of the submission's that stays there: its methods are calls, its attributes requests."""

    def __init__(self, conversation: Conversation, handle: plain.Handle):
        self._conversation = conversation
        self._handle = handle

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        shown = f"{self._handle.class_name}.{name}"
        reply = self._conversation.ask("attribute", handle=self._handle, name=name)
        if reply.get("callable") is True:
            return lambda *args, **kwargs: self._conversation.call(
                shown, "method", args, kwargs, handle=self._handle, name=name
            )
        call = Call(shown, (), {})
        self._conversation.recorder.calls.append(call)
        return self._conversation.value_of(call, reply)

    def __iter__(self) -> RemoteObject:
        reply = self._conversation.ask("iterate", handle=self._handle)
        return self._conversation.value_of(Call(f"iter({self._handle.class_name})", (), {}), reply)

    def __next__(self) -> Any:
        reply = self._conversation.ask("next", handle=self._handle)
        if reply.get("end") is True:
            raise StopIteration
        call = Call(f"next({self._handle.class_name})", (), {})
        self._conversation.recorder.calls.append(call)
        return self._conversation.value_of(call, reply)

    def __repr__(self) -> str:
        return f"<{self._handle.class_name}>"


class Subject:
    """A module of the submission, under the exercise's name.

    Attributes:
        in_graph: the same module, its functions traced by `tf.function` and given tensors.
        in_graph_any_batch: likewise, the first dimension of every tensor unknown while tracing.
    """

    def __init__(self, conversation: Conversation, module: str, mode: dict[str, Any] | None = None):
        self._conversation = conversation
        self._module = module
        self._mode = mode or {}

    @property
    def in_graph(self) -> Subject:
        """The module, its functions traced by `tf.function`."""
        return Subject(self._conversation, self._module, {"graph": "shape"})

    @property
    def in_graph_any_batch(self) -> Subject:
        """The module, its functions traced by `tf.function` with an unknown batch size."""
        return Subject(self._conversation, self._module, {"graph": "any batch"})

    def crashing(self, after_bytes: int) -> Subject:
        """Return the module, each call in a copy of its process that dies when a file gets that long.

        A call then returns whether its process died.
        """
        return Subject(self._conversation, self._module, {"crash_after": after_bytes})

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)

        def function(*args: Any, **kwargs: Any) -> Any:
            self._conversation.load(self._module)
            return self._conversation.call(
                f"{self._module}.{name}",
                "call",
                args,
                kwargs,
                module=self._module,
                name=name,
                mode=self._mode,
            )

        function.__name__ = name
        return function

    def __repr__(self) -> str:
        return f"<module {self._module!r} of the submission>"


class Workspace:
    """Folders and files on the submission's side, for functions that save and restore."""

    def __init__(self, conversation: Conversation):
        self._conversation = conversation

    def new_folder(self) -> str:
        """Return the path of a new empty folder."""
        folder = self._file_request("new_folder")
        if not isinstance(folder, str) or not folder:
            raise CannotAnswer("its answer cannot be read")
        self._conversation.recorder.folders.append(folder)
        return folder

    def files(self, folder: str) -> dict[str, int]:
        """Return the files below `folder`, by relative path, with their sizes in bytes."""
        return self._file_request("files", folder=folder)

    def read(self, path: str) -> bytes:
        """Return a file's bytes."""
        return self._file_request("read", path=path)

    def write(self, path: str, data: bytes) -> None:
        """Write a file, and the folders above it."""
        self._file_request("write", path=path, data=data)

    def _file_request(self, do: str, **message: Any) -> Any:
        reply = self._conversation.ask(do, **message)
        if "value" not in reply:
            raise CannotAnswer(f"cannot {do.replace('_', ' ')} {message}: {_said(reply.get('text', ''))}")
        return reply["value"]


def _said(value: object) -> str:
    """Return a text of the submission's, short, and with nothing in it that a terminal would obey."""
    text = str(value)[:_LONGEST_TEXT]
    return "".join(
        letter if letter.isprintable() or letter == "\n" else "\N{REPLACEMENT CHARACTER}" for letter in text
    )


def _missing(name: str, defined: object) -> str:
    module, _, function = name.partition(".")
    # It comes from the submission, which may tell of thousands.
    names = defined[:_MOST_NAMES] if isinstance(defined, list) else []
    found = [_said(item)[:_LONGEST_NAME] for item in names]
    place = f"in {module}.py" if module.islower() else f"on {module}"
    text = f"we looked for `{function}` {place} and found none"
    near = get_close_matches(function, found, n=1)
    if near:
        return f"{text}: is `{near[0]}` meant to be it?"
    return f"{text}: is it named so? There is {', '.join(found[:6]) or 'nothing'}"
