"""Cases: a question about a function, the right answer and the submission's, side by side.

Patterns are looked for in cases. They know a function only by its questions, and by the names in its signature.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from autograder.diagnosis.comparison import bare, same_values
from autograder.diagnosis.examples import Example, Step, handles, is_in_a_folder
from autograder.protocol import plain
from autograder.protocol.calls import CallFunction, CallMethod, GetAttribute, Next
from autograder.suite.expected import close

# Of a positional argument its index, of a keyword argument its name.
Position = int | str


@dataclass(frozen=True)
class Raised:
    """An exception instead of an answer: the name of its class."""

    name: str


@dataclass(frozen=True)
class Signature:
    """The names in a function's signature, from the solution.

    Attributes:
        names: of its parameters, in order.
        axes: by parameter, the names of the axes of an array, if its annotation has them.
        defaults: by parameter, the default, if it is a literal or a constant of the module.
        answer_axes: the names of the axes of the array that it returns.
    """

    names: tuple[str, ...] = ()
    axes: dict[str, list[str]] = field(default_factory=dict)
    defaults: dict[str, Any] = field(default_factory=dict)
    answer_axes: tuple[str, ...] = ()

    def fits(self, arguments: Mapping[str, Any]) -> bool:
        """Return True if axes of the same name have the same length in all arguments."""
        lengths: dict[str, int] = {}
        for name, axes in self.axes.items():
            array = array_of(arguments.get(name))
            if array is None:
                continue
            if array.ndim != len(axes):
                return False
            for axis, length in zip(axes, array.shape, strict=True):
                if lengths.setdefault(axis, length) != length:
                    return False
        return True


@dataclass(frozen=True, eq=False)
class Case:
    """A question and two answers to it.

    Attributes:
        step: the question, with the submission's reply.
        positions: by name, the position of each argument that was given.
        arguments: by name, each argument, also one that was left out and has a default.
        right: the solution's answer, or `Raised`.
        given: the submission's answer, or `Raised`.
        wrong: True if the two differ.
        earlier_calls: how many calls of the same function or method come before it in the example.
        before: the solution's answer to the call before that one; None for the first.
        is_variation: True if the question was made of one that was answered wrongly, so it shows little by itself.
    """

    step: Step
    positions: dict[str, Position]
    arguments: dict[str, Any]
    right: Any
    given: Any
    wrong: bool
    earlier_calls: int = 0
    before: Any = None
    is_variation: bool = False

    @property
    def asked(self) -> str:
        """The function, or the method of an object, that is asked."""
        return _asked(self.step)

    @property
    def can_be_asked_alone(self) -> bool:
        """True if the question needs no object and no folder of an earlier step."""
        message = self.step.message
        return (
            message["do"] == CallFunction.__name__
            and not any(handles(message))
            and not any(isinstance(leaf, str) and is_in_a_folder(leaf) for leaf in plain.leaves(message))
        )

    def with_arguments(self, changed: dict[str, Any], left_out: Iterable[str] = ()) -> dict[str, Any]:
        """Return the question with some of its arguments changed, as a message.

        Args:
            changed: by name, the new values; an argument that was not given is given by its name.
            left_out: keyword arguments that the new question does not have.
        """
        message = self.step.message
        args = list(message["args"])
        kwargs = {name: value for name, value in message["kwargs"].items() if name not in left_out}
        for name, value in changed.items():
            position = self.positions.get(name, name)
            if isinstance(position, int):
                args[position] = value
            else:
                kwargs[position] = value
        return {**message, "args": args, "kwargs": kwargs}


def cases_of(
    function: str, signatures: Callable[[str], Signature], solved: Example, answered: Example
) -> Iterator[Case]:
    """Yield the cases of a function, or of the methods of an object that it makes, in an example.

    Args:
        function: its name.
        signatures: returns the signature of the function, or of a method.
        solved: the example with the solution's answers.
        answered: the same with the submission's.
    """
    before: dict[str, list[Any]] = {}
    for right, given in zip(solved.steps, answered.steps, strict=True):
        asked = _asked(right)
        if right.function != function or not asked:
            continue
        answers = [answer_of(right), answer_of(given)]
        earlier = before.setdefault(asked, [])
        if not any(answer is _NONE for answer in answers):
            wrong = not same_values([given], [right.reply])
            positions, arguments = _bound(right.message, signatures(asked))
            last = earlier[-1] if earlier else None
            yield Case(given, positions, arguments, answers[0], answers[1], wrong, len(earlier), last)
        earlier.append(answers[0])


# An answer that cannot be read.
_NONE = object()


def _asked(step: Step) -> str:
    """Return the function, or the method of an object, that a step asks; empty for other requests."""
    message = step.message
    if message["do"] in (CallFunction.__name__, CallMethod.__name__, GetAttribute.__name__):
        return str(message["name"])
    return "next" if message["do"] == Next.__name__ else ""


def answer_of(step: Step) -> Any:
    """Return the value in a reply, or the exception; an object that equals nothing if there is neither."""
    reply = step.reply or {}
    if "value" in reply:
        return bare(reply["value"])
    return Raised(str(reply["raised"])) if "raised" in reply else _NONE


def _bound(message: dict[str, Any], signature: Signature) -> tuple[dict[str, Position], dict[str, Any]]:
    """Return the position of each argument that was given, and each argument, by name."""
    args, kwargs = message.get("args", ()), message.get("kwargs", {})
    unnamed = (f"argument {number + 1}" for number in range(len(signature.names), len(args)))
    names = [*signature.names, *unnamed][: len(args)]
    positions: dict[str, Position] = {name: position for position, name in enumerate(names)}
    positions |= {name: name for name in kwargs}
    given = {**dict(zip(names, args, strict=True)), **kwargs}
    left_out = {name: value for name, value in signature.defaults.items() if name not in given}
    return positions, {**left_out, **given}


def distinct(cases: Iterable[Case]) -> list[Case]:
    """Return the cases without those whose question has been asked before: they show nothing new."""
    found: dict[Any, Case] = {}
    for case in cases:
        key = plain.pack(case.step.message) if case.can_be_asked_alone else id(case)
        found.setdefault(key, case)
    return list(found.values())


# Where a part of an answer is: its position, and its position in that part, if it is a part of a part.
PartPath = tuple[int, ...]


def part_of(answer: Any, path: PartPath) -> Any:
    """Return a part of an answer; the answer itself, such as an exception, if it has no such parts."""
    for position in path:
        if not isinstance(answer, list):
            return answer
        answer = answer[position]
    return answer


def with_part(cases: Iterable[Case], path: PartPath) -> list[Case]:
    """Return the cases with one part of their answers in place of all."""
    parts = ((case, part_of(case.right, path), part_of(case.given, path)) for case in cases)
    return [
        replace(case, right=right, given=given, wrong=not agree(given, right)) for case, right, given in parts
    ]


def agree(given: Any, expected: Any) -> bool:
    """Return True if two answers are the same up to rounding."""
    if isinstance(given, Raised) or isinstance(expected, Raised):
        return isinstance(given, Raised) and isinstance(expected, Raised) and given == expected
    try:
        return bool(close(expected, equal_nan=True) == given)
    except (TypeError, ValueError, OverflowError):
        return False


def array_of(value: Any) -> np.ndarray | None:
    """Return an argument as an array; None if it is none."""
    if isinstance(value, plain.Tensor):
        value = value.array
    return value if isinstance(value, np.ndarray) and value.dtype.kind in "biuf" else None


def signature_of(source: str, function: str, asked: str) -> Signature:
    """Return the signature of a function in a module of ours, or of a method; an empty one if there is none.

    Args:
        source: the module.
        function: the function, or the class of the object that is asked.
        asked: the same function, or the method.
    """
    tree = ast.parse(source)
    constants = _constants(tree)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == function == asked:
            return _signature(node, node.args.args, constants)
        if isinstance(node, ast.ClassDef) and node.name == function:
            name = "__init__" if asked == function else asked
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and method.name == name:
                    return _signature(method, method.args.args[1:], constants)
    return Signature()


def _constants(tree: ast.Module) -> dict[str, Any]:
    """Return the names that a module gives to literals."""
    found: dict[str, Any] = {}
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and value is not None:
            with suppress(ValueError):  # no literal
                found[target.id] = ast.literal_eval(value)
    return found


def _signature(node: ast.FunctionDef, positional: list[ast.arg], constants: dict[str, Any]) -> Signature:
    parameters = [*positional, *node.args.kwonlyargs]
    with_default = [*positional[len(positional) - len(node.args.defaults) :], *node.args.kwonlyargs]
    defaults: dict[str, Any] = {}
    for parameter, default in zip(with_default, [*node.args.defaults, *node.args.kw_defaults], strict=True):
        if isinstance(default, ast.Name) and default.id in constants:
            defaults[parameter.arg] = constants[default.id]
        elif default is not None:
            with suppress(ValueError):  # no literal
                defaults[parameter.arg] = ast.literal_eval(default)
    return Signature(
        tuple(parameter.arg for parameter in parameters),
        {parameter.arg: axes for parameter in parameters if (axes := _axes(parameter.annotation))},
        defaults,
        tuple(_axes(node.returns)),
    )


def _axes(annotation: ast.expr | None) -> list[str]:
    """Return the names of the axes in `Float[np.ndarray, "batch height width"]`; none for another annotation."""
    if not isinstance(annotation, ast.Subscript) or not isinstance(annotation.slice, ast.Tuple):
        return []
    last = annotation.slice.elts[-1] if annotation.slice.elts else None
    text = last.value if isinstance(last, ast.Constant) and isinstance(last.value, str) else ""
    # In braces: as long as that argument says.
    names = [name.strip("{}") for name in text.split()]
    return names if all(name.isidentifier() for name in names) else []
