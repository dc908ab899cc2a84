"""The module proxy: represents a submission's module in a test.

`padding.same_padding(5, 3, 2)` in a test sends a request to the submission's process and receives a reply, both
plain data. Every call is recorded, so that a failure can show it.
"""

from __future__ import annotations

import time
import weakref
from collections import Counter
from difflib import get_close_matches
from typing import Any, Protocol

import numpy as np

from autograder.protocol import plain
from autograder.protocol.calls import (
    EXTRAS,
    LONGEST_NAME,
    CallFunction,
    CallMethod,
    FileRequest,
    GetAttribute,
    Iterate,
    ListFiles,
    Load,
    NewFolder,
    Next,
    ReadChanges,
    ReadFile,
    Reply,
    Request,
    UnreadableReply,
    WatchFiles,
    WriteFile,
    pack_request,
)
from autograder.protocol.text import ORDINALS, one_line
from autograder.suite.expected import WrongAnswer
from autograder.suite.tape import Exchange, Tape
from autograder.suite.transcript import Call, Transcript

# The exceptions that a test may expect. Any other exception of a submission becomes a `SubmissionError`.
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
# After this many timeouts, or this many times too much memory or too many processes, calls to a module or class are
# skipped, so that grading does not take too long.
_MOST_STOPS = 3
_UNREADABLE = "its answer cannot be read"


class CannotAnswer(BaseException):
    """The submission cannot answer. Not an `Exception`, so that hypothesis does not try smaller examples."""


class TimedOut(CannotAnswer):
    """The submission did not answer in time."""


class Slept(TimedOut):
    """The submission did not answer in time, and hardly computed: it sleeps, or waits for a busy machine."""


class TookTooMuch(CannotAnswer):
    """The submission took more memory or processes than allowed."""


class MissingExtra(CannotAnswer):
    """The module imports a library that needs an extra of the kit."""


class NeedsAnEarlierFunction(CannotAnswer):
    """It needs a function of an earlier exercise that does not pass, and nobody can answer for it."""


class Unwritten(CannotAnswer):
    """The function is still a stub."""


class SubmissionError(Exception):
    """The submission raised an exception that no test expects."""


class Transport(Protocol):
    """Sends requests to a submission."""

    def ask(self, request: bytes) -> bytes:
        """Return the reply. Raises CannotAnswer if the submission hangs, dies or hits a limit."""
        ...

    def close(self) -> None:
        """End the submission's process; the next request starts another one."""
        ...


class SubmissionSession:
    """Requests and replies over one transport, with the checks for every reply."""

    def __init__(self, transport: Transport, transcript: Transcript, tape: Tape):
        self.transport = transport
        self.transcript = transcript
        self.tape = tape
        self._released: list[int] = []
        self._unusable: dict[str, str] = {}
        self._missing_extras: dict[str, str] = {}
        self._loaded: set[str] = set()
        self._slept: set[str] = set()
        self._stops: Counter[tuple[str, type[CannotAnswer]]] = Counter()
        self._generators: dict[int, tuple[np.random.Generator, plain.GeneratorSeed]] = {}

    def ask(self, request: Request, owner: str = "") -> Reply:
        """Send one request and return the reply.

        Args:
            request: the request to send.
            owner: the module, class or function that is skipped after three stops.
        """
        try:
            return self._ask(request)
        except TimedOut:
            self._stops[owner, TimedOut] += 1
            raise
        except TookTooMuch:
            self._stops[owner, TookTooMuch] += 1
            raise

    def skip_if_stopped(self, owner: str) -> None:
        """Do not ask an owner that was stopped too often."""
        for stop, did in (
            (TimedOut, "timed out"),
            (TookTooMuch, "took too much memory or too many processes"),
        ):
            if self._stops[owner, stop] >= _MOST_STOPS:
                raise CannotAnswer(f"skipped: three calls to {owner} {did}")

    def _ask(self, request: Request) -> Reply:
        released: list[int] = []
        if not isinstance(request, FileRequest):
            # Keep the same list, because finalizers append to it.
            released = self._released[:]
            self._released.clear()
        packed = pack_request(request, released)
        begun = time.perf_counter()
        answer = self.transport.ask(packed)
        self.tape.add(Exchange(packed, answer, time.perf_counter() - begun))
        try:
            reply = Reply.read(answer)
        except UnreadableReply as error:
            raise CannotAnswer(f"{_UNREADABLE} ({error})") from None
        if reply.nobody:
            raise NeedsAnEarlierFunction(f"needs {reply.nobody}")
        if reply.stopped:
            where = f", in {reply.where.file}, line {reply.where.line}" if reply.where else ""
            stop = TimedOut if reply.timed_out else TookTooMuch if reply.costly else CannotAnswer
            if reply.costly:
                # It may still have what it took: too much for the next request.
                self.transport.close()
            raise stop(f"stopped: {reply.stopped}{where}")
        return reply

    def load(self, module: str) -> None:
        """Make sure that `module` can be imported; try it once, or twice if it slept."""
        if module in self._loaded:
            return
        if module in self._missing_extras:
            raise MissingExtra(self._missing_extras[module])
        if module not in self._unusable:
            try:
                reply = self.ask(Load(module))
            except CannotAnswer as error:
                if isinstance(error, Slept) and module not in self._slept:
                    self._slept.add(module)  # once more, then
                    raise
                self._unusable[module] = f"{module}.py cannot be imported: {error}"
            else:
                if reply.needs:
                    extra = f"convolution-course[{EXTRAS[reply.needs]}]"
                    self._missing_extras[module] = f"needs {reply.needs}: pip install '{extra}'"
                    raise MissingExtra(self._missing_extras[module])
                if not reply.unusable:
                    self._loaded.add(module)
                    return
                self._unusable[module] = reply.unusable
        raise CannotAnswer(self._unusable[module])

    def call(self, call: Call, request: CallFunction | CallMethod) -> Any:
        """Make and record one call; return its value or raise its exception.

        Args:
            call: the call for the transcript.
            request: the request to send.
        """
        self.transcript.calls.append(call)
        self.transcript.called.add(call.asked)
        owner = call.name.partition(".")[0]
        self.skip_if_stopped(owner)
        try:
            reply = self.ask(request, owner)
        except CannotAnswer as error:
            call.outcome = str(error)
            raise
        value = self.value_of(call, reply)
        self.transcript.returned.add(call.asked)
        return value

    def value_of(self, call: Call, reply: Reply) -> Any:
        """Return the value in a reply, or raise the exception in it."""
        if reply.missing is not None:
            raise CannotAnswer(_missing(call.name, reply.missing))
        if reply.not_callable:
            raise CannotAnswer(f"{call.name} is a {reply.not_callable}, not a function")
        if reply.raised:
            self._raise(call, reply)
        if not reply.has_value:
            raise CannotAnswer(_UNREADABLE)
        call.answered, call.answer = True, self._inward(reply.value, call)
        if reply.changed:
            labels = " and ".join(_argument(key) for key in reply.changed)
            raise WrongAnswer(f"{call.name} changed {labels} in place: make a new one instead")
        return call.answer

    def _raise(self, call: Call, reply: Reply) -> None:
        call.raised = reply.where
        text = " ".join(reply.text.split())
        call.outcome = f"{reply.raised}: {text}" if text else reply.raised
        if reply.unwritten:
            written = call.raised.function if call.raised else call.name
            raise Unwritten(f"{written} is not written yet")
        for base in reply.bases:
            if base in _CONTRACT_EXCEPTIONS:
                error = _CONTRACT_EXCEPTIONS[base](reply.text)
                error.from_submission = True  # type: ignore[attr-defined]
                raise error
        raise SubmissionError(call.outcome)

    def _inward(self, value: Any, call: Call, depth: int = 0) -> Any:
        """Convert a returned value for the suite: tensors become arrays, handles become proxies."""
        if depth > plain.DEEPEST:
            raise CannotAnswer(_UNREADABLE)
        if isinstance(value, plain.Tensor):
            return value.array
        if isinstance(value, plain.Handle):
            handle = plain.Handle(value.number, one_line(value.class_name)[:LONGEST_NAME])
            remote = RemoteObject(self, handle, _root(call.asked))
            weakref.finalize(remote, self._released.append, value.number).atexit = False
            return remote
        if type(value) in (list, tuple):
            return type(value)(self._inward(item, call, depth + 1) for item in value)
        if type(value) is dict:
            return {key: self._inward(item, call, depth + 1) for key, item in value.items()}
        return value

    def outward(self, value: Any) -> Any:
        """Convert an argument to plain data: proxies become handles, generators become seeds."""
        if isinstance(value, RemoteObject):
            return object.__getattribute__(value, "_handle")
        if isinstance(value, np.random.Generator):
            # The other side keeps the generator, so that its state advances from call to call.
            if id(value) not in self._generators:
                seed = plain.GeneratorSeed(len(self._generators), dict(value.bit_generator.state))
                self._generators[id(value)] = (value, seed)
            return self._generators[id(value)][1]
        if type(value) in (list, tuple):
            return type(value)(self.outward(item) for item in value)
        if type(value) is dict:
            return {key: self.outward(item) for key, item in value.items()}
        return value


class RemoteObject:
    """An object that stays in the submission's process: its methods are calls, its attributes requests.

    Args:
        session: the session with the submission.
        handle: the object's handle.
        origin: the submission's function or class that returned it, with its module: `layers.chain`.
    """

    def __init__(self, session: SubmissionSession, handle: plain.Handle, origin: str):
        self._session = session
        self._handle = handle
        self._origin = origin
        self._function = origin.partition(".")[2]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        shown = f"{self._handle.class_name}.{name}"
        reply = self._ask(GetAttribute(self._handle, name))
        if reply.callable:
            return lambda *args, **kwargs: self._call_method(shown, name, args, kwargs)
        call = self._call(shown, shown)
        call.is_attribute = True
        return self._recorded(call, reply)

    def _call_method(self, shown: str, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        session = self._session
        request = CallMethod(self._handle, name, session.outward(list(args)), session.outward(kwargs))
        asked = f"{self._origin}.{name}"
        return session.call(Call(shown, args, kwargs, self._function, asked, definition=shown), request)

    def _call(self, name: str, definition: str, *args: Any) -> Call:
        return Call(name, args, {}, self._function, self._origin, definition=definition)

    def _ask(self, request: Request) -> Reply:
        # By the function, because all generators have the same class.
        self._session.skip_if_stopped(self._function)
        return self._session.ask(request, self._function)

    def _recorded(self, call: Call, reply: Reply) -> Any:
        self._session.transcript.calls.append(call)
        return self._session.value_of(call, reply)

    def __iter__(self) -> RemoteObject:
        reply = self._ask(Iterate(self._handle))
        call = self._call("iter", self._function, self)
        iterator: RemoteObject = self._session.value_of(call, reply)
        return iterator

    def __next__(self) -> Any:
        reply = self._ask(Next(self._handle))
        if reply.end:
            raise StopIteration
        return self._recorded(self._call("next", self._function, self), reply)

    def __repr__(self) -> str:
        return f"<{self._handle.class_name}>"


# What is said of a call besides its arguments.
_CONTEXTS = {
    "": "",
    "shape": "  inside tf.function",
    "any batch": "  inside tf.function",
    "gradient": "  its gradient, by tf.GradientTape",
}


class ModuleProxy:
    """A module of the submission, under the exercise's name.

    Attributes:
        in_graph: the same module with functions traced by `tf.function`, which get tensors.
        in_graph_any_batch: the same, but the first dimension of every tensor is unknown during tracing.
        gradient_of: the same module with functions that return a gradient instead of their answer.
    """

    def __init__(self, session: SubmissionSession, module: str, graph: str = ""):
        self._session = session
        self._module = module
        self._graph = graph

    @property
    def in_graph(self) -> ModuleProxy:
        """The module with functions traced by `tf.function`."""
        return ModuleProxy(self._session, self._module, graph="shape")

    @property
    def in_graph_any_batch(self) -> ModuleProxy:
        """The module with functions traced by `tf.function` with an unknown batch size."""
        return ModuleProxy(self._session, self._module, graph="any batch")

    @property
    def gradient_of(self) -> ModuleProxy:
        """The module with functions that get tensors and return the gradient with respect to the first one.

        It is that of the sum of the answer's numbers, each times its place in the order of reading: 1, 2, 3 ...
        (The plain sum of a softmax is always 1, and its gradient 0.)
        """
        return ModuleProxy(self._session, self._module, graph="gradient")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        session, module = self._session, self._module

        def function(*args: Any, **kwargs: Any) -> Any:
            session.load(module)
            context = _CONTEXTS[self._graph]
            asked = f"{module}.{name}"
            call = Call(asked, args, kwargs, name, asked, context, definition=name)
            arguments = session.outward(list(args)), session.outward(kwargs)
            return session.call(call, CallFunction(module, name, *arguments, self._graph))

        function.__name__ = name
        return function

    def __repr__(self) -> str:
        return f"<module {self._module!r} of the submission>"


class Workspace:
    """Folders and files that the submission may use, for functions that save and restore."""

    def __init__(self, session: SubmissionSession):
        self._session = session

    def new_folder(self) -> str:
        """Return the path of a new empty folder."""
        folder = self._ask(NewFolder(), "make a folder")
        if not isinstance(folder, str) or not folder:
            raise CannotAnswer(_UNREADABLE)
        self._session.transcript.folders.append(folder)
        return folder

    def files(self, folder: str) -> dict[str, int]:
        """Return the files below `folder`, by relative path, with their sizes in bytes."""
        sizes: dict[str, int] = self._ask(ListFiles(folder), f"list {folder}")
        return sizes

    def read(self, path: str) -> bytes:
        """Return a file's bytes."""
        data: bytes = self._ask(ReadFile(path), f"read {path}")
        return data

    def write(self, path: str, data: bytes) -> None:
        """Write a file, and the folders above it."""
        self._ask(WriteFile(path, data), f"write {path}")

    def watch(self, folder: str) -> None:
        """Watch the files of a folder from now on, until the next call of `watch`."""
        self._ask(WatchFiles(folder), f"watch {folder}")

    def changes(self) -> list[tuple[str, str]]:
        """Return the changes of the files in the watched folder: see `FileChanges.read`."""
        return [(word, name) for word, name in self._ask(ReadChanges(), "read the changes")]

    def _ask(self, request: FileRequest, what: str) -> Any:
        reply = self._session.ask(request)
        if not reply.has_value:
            raise CannotAnswer(f"cannot {what}: {reply.text}")
        return reply.value


def _root(asked: str) -> str:
    """Return the function of a function or method: `layers.chain` for `layers.chain.conv2d`."""
    return ".".join(asked.split(".")[:2])


def _argument(key: str | int) -> str:
    if isinstance(key, str):
        return f"its argument `{key}`"
    return f"its {ORDINALS[key]} argument" if key < len(ORDINALS) else f"its argument number {key + 1}"


def _missing(name: str, found: tuple[str, ...]) -> str:
    module, _, function = name.partition(".")
    location = f"in {module}.py" if module.islower() else f"on {module}"
    text = f"we looked for `{function}` {location} and found none"
    near = get_close_matches(function, found, n=1)
    if near:
        return f"{text}: did you mean `{near[0]}`?"
    return f"{text}: is the name right? There is {', '.join(found[:6]) or 'nothing'}"
