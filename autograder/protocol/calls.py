"""The requests from a suite to a submission, and the replies, with a type for each.

A reply comes from an untrusted process. `Reply.read` keeps only fields of the right type and ignores everything
else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, get_args

import msgpack

from autograder.protocol import plain
from autograder.protocol.failure import Location
from autograder.protocol.text import one_line

# Libraries that exercises import and that need an extra of the kit, with the extra.
EXTRAS = {"tensorflow": "train"}
# For the names that a module defines.
_MOST_NAMES, LONGEST_NAME = 200, 80
# No module has more lines, and no call more arguments.
_MOST_LINES, _MOST_ARGUMENTS = 2**31, 100
# Begins a question of a submission, in place of a reply: msgpack never writes this byte.
QUESTION = b"\xc1"
# Of a packed request: the length of the map, the first key and the name of the request.
_KIND_BYTES = 40


class UnreadableReply(ValueError):
    """The bytes are not a request or a reply."""


@dataclass(frozen=True)
class ImportLibraries:
    """Import the installed libraries that some exercises of the submission import, but nothing of the submission."""

    exercises: list[str]


@dataclass(frozen=True)
class Load:
    """Import a module."""

    module: str


@dataclass(frozen=True)
class CallFunction:
    """Call a function of a module.

    Attributes:
        module: the name of the module.
        name: the name of the function.
        args: the positional arguments, as `plain` values.
        kwargs: the keyword arguments.
        graph: "shape" to trace the function with `tf.function`, "any batch" to leave the first dimension of
            each tensor unknown, "gradient" for its gradient instead of its answer, empty for a plain call.
    """

    module: str
    name: str
    args: list[Any]
    kwargs: dict[str, Any]
    graph: str = ""


@dataclass(frozen=True)
class CallMethod:
    """Call a method of an object that stays on the submission's side."""

    handle: plain.Handle
    name: str
    args: list[Any]
    kwargs: dict[str, Any]


@dataclass(frozen=True)
class GetAttribute:
    """Return an attribute of an object."""

    handle: plain.Handle
    name: str


@dataclass(frozen=True)
class Iterate:
    """Return an iterator over an object."""

    handle: plain.Handle


@dataclass(frozen=True)
class Next:
    """Return the next item of an iterator."""

    handle: plain.Handle


@dataclass(frozen=True)
class StandIn:
    """Answer for a function of a submission that does not pass: with plain data alone, never with an object.

    What is to be asked of an object comes with how it was made and all that it was told since, and the answer is plain.

    Attributes:
        module: the name of the module.
        name: the name of the function.
        args: the positional arguments, as `plain` values.
        kwargs: the keyword arguments.
        upstream: the gradient of a loss with respect to the function's value. With it, the answer is a list: the
            gradient with respect to each tensor among the arguments, None for integers.
        then: what to do with the object that the function returns: names of methods, each with its arguments; for an
            attribute there are none. The last one is the answer.
    """

    module: str
    name: str
    args: list[Any]
    kwargs: dict[str, Any]
    upstream: Any = None
    then: Sequence[tuple[str, list[Any] | None, dict[str, Any]]] = ()


@dataclass(frozen=True)
class Hold:
    """Replace the modules, as if the process had started with these."""

    files: dict[str, bytes]


@dataclass(frozen=True)
class NewFolder:
    """Make an empty folder, and return its path."""


@dataclass(frozen=True)
class ListFiles:
    """Return the files below a folder, with their sizes in bytes."""

    folder: str


@dataclass(frozen=True)
class ReadFile:
    """Return the bytes of a file."""

    path: str


@dataclass(frozen=True)
class WriteFile:
    """Write a file, and the folders above it."""

    path: str
    data: bytes


@dataclass(frozen=True)
class WatchFiles:
    """Watch the files of a folder from now on."""

    folder: str


@dataclass(frozen=True)
class ReadChanges:
    """Return the changes in the watched folder: see `FileChanges.read`."""


# Answered from outside, if the submission runs in another process.
FileRequest = NewFolder | ListFiles | ReadFile | WriteFile | WatchFiles | ReadChanges
Request = (
    ImportLibraries
    | Load
    | CallFunction
    | CallMethod
    | GetAttribute
    | Iterate
    | Next
    | StandIn
    | Hold
    | FileRequest
)
_REQUESTS: dict[str, type[Request]] = {
    kind.__name__: kind
    for kind in (
        *(ImportLibraries, Load, CallFunction, CallMethod, GetAttribute, Iterate, Next, StandIn, Hold),
        *get_args(FileRequest),
    )
}


def _changed_fields(message: Any) -> dict[str, Any]:
    """Return the fields of a dataclass that differ from their defaults."""
    found = {one.name: (getattr(message, one.name), one.default) for one in fields(message)}
    return {name: value for name, (value, default) in found.items() if value is not default}


def pack_request(request: Request, release: Iterable[int] = ()) -> bytes:
    """Return a request as bytes.

    Args:
        request: the request.
        release: the numbers of objects that the suite no longer needs.

    Raises:
        plain.NotPlain: for an argument that is not plain data.
    """
    message = {"do": type(request).__name__, "release": list(release), **_changed_fields(request)}
    return plain.pack(message)


def is_about_files(packed: bytes) -> bool:
    """Return True if a packed request is a `FileRequest`; its arguments, which may be large, are not read."""
    unpacker = msgpack.Unpacker()
    # Its first key and value are `do` and the name of the request.
    unpacker.feed(packed[:_KIND_BYTES])
    unpacker.read_map_header()
    unpacker.skip()
    return _REQUESTS[unpacker.unpack()] in get_args(FileRequest)


def read_request(packed: bytes, memory: memoryview | None = None) -> tuple[Request, list[int]]:
    """Return a request and the numbers of objects to release; the suite is trusted.

    Args:
        packed: the request.
        memory: the shared memory with the arrays that are lent; None if none are.
    """
    message = plain.unpack(packed, memory=memory)
    release = message.pop("release")
    return _REQUESTS[message.pop("do")](**message), release


@dataclass(frozen=True)
class Reply:
    """A reply. Only one of these is set, except for those that describe an exception.

    Attributes:
        value: the returned value; see `has_value`.
        has_value: True if there is a value.
        changed: the arguments that were changed in place, by position or name.
        raised: the name of the exception's class.
        bases: the names of its class and base classes.
        text: the exception's text.
        where: the submission's innermost line in the traceback.
        unwritten: True if a stub raised it.
        stopped: the limit that was hit.
        timed_out: True if that limit is one on time.
        costly: True if that limit is one on memory or processes.
        unusable: why the module cannot be loaded.
        needs: a library that the module imports and that is not installed, one of `EXTRAS`.
        missing: the existing names, if the requested name does not exist.
        not_callable: the type of the called object, if it is not a function.
        end: True if an iterator has ended.
        callable: True if an attribute is a method.
        nobody: the function for which nobody can stand in, and why.
    """

    value: Any = None
    has_value: bool = False
    changed: tuple[str | int, ...] = ()
    raised: str = ""
    bases: tuple[str, ...] = ()
    text: str = ""
    where: Location | None = None
    unwritten: bool = False
    stopped: str = ""
    timed_out: bool = False
    costly: bool = False
    unusable: str = ""
    needs: str = ""
    missing: tuple[str, ...] | None = None
    not_callable: str = ""
    end: bool = False
    callable: bool = False
    nobody: str = ""

    @staticmethod
    def read(packed: bytes) -> Reply:
        """Return the reply in the bytes from a submission's process.

        Raises:
            UnreadableReply: if the bytes are not a reply.
        """
        try:
            message = plain.unpack(packed)
        except ValueError as error:
            raise UnreadableReply(str(error)) from None
        if not isinstance(message, dict):
            raise UnreadableReply("it is not a reply")
        where = _list(message, "where")
        located = [type(part) for part in where] == [str, int, str] and 0 < where[1] < _MOST_LINES
        missing = message.get("missing")
        needs = _text(message, "needs")
        return Reply(
            value=message.get("value"),
            has_value="value" in message,
            changed=tuple(_labels(_list(message, "changed")[:_MOST_ARGUMENTS])),
            raised=_text(message, "raised"),
            bases=tuple(part for part in _list(message, "bases") if isinstance(part, str)),
            text=_text(message, "text"),
            where=Location(one_line(where[0]), where[1], one_line(where[2])) if located else None,
            unwritten=message.get("unwritten") is True,
            stopped=_text(message, "stopped"),
            timed_out=message.get("timed_out") is True,
            costly=message.get("costly") is True,
            unusable=_text(message, "unusable"),
            needs=needs if needs in EXTRAS else "",
            # A submission may name thousands.
            missing=None
            if missing is None
            else tuple(one_line(name)[:LONGEST_NAME] for name in _list(message, "missing")[:_MOST_NAMES]),
            not_callable=_text(message, "not_callable"),
            end=message.get("end") is True,
            callable=message.get("callable") is True,
            nobody=_text(message, "nobody"),
        )


def _list(message: dict[str, Any], key: str) -> list[Any]:
    found = message.get(key)
    return found if isinstance(found, list) else []


def _labels(arguments: list[Any]) -> Iterator[str | int]:
    for argument in arguments:
        if isinstance(argument, str):
            yield one_line(argument)[:LONGEST_NAME]
        elif type(argument) is int and 0 <= argument < _MOST_ARGUMENTS:
            yield argument


def _text(message: dict[str, Any], key: str) -> str:
    return one_line(message[key]) if key in message else ""
