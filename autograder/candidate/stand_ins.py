"""Stand-ins: where a function of an earlier exercise does not pass, a later one is examined with the right values.

`layers` calls `padding.same_padding`. If the learner's does not pass its own tests, its points are lost there; in the
tests of `layers` the function asks the examiner instead, and another process, which holds the solutions, answers.
Values travel, code never does: numbers, arrays, tensors and their gradients, and the states of random generators.
"""

from __future__ import annotations

import builtins
import importlib
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import GeneratorType, ModuleType
from typing import Any

import numpy as np

from autograder.protocol import plain
from autograder.protocol.calls import QUESTION, StandIn, pack_request

_NEXT = "__next__"
_SET = "__setattr__"


class NobodyStandsIn(BaseException):
    """Nobody can answer for a function here. Not an `Exception`, so that `except Exception` does not catch it."""


class StandIns:
    """What answers for the functions of a submission that do not pass, in the submission's process.

    Args:
        functions: by module, the names of the functions.
        ask: sends a question to the examiner and returns its answer.
    """

    def __init__(self, functions: Mapping[str, Sequence[str]], ask: Callable[[bytes], bytes]):
        self.functions = functions
        self._ask = ask
        self._asking = threading.Lock()

    def put_into(self, module: ModuleType) -> None:
        """Replace the functions of a module."""
        for name in self.functions[module.__name__]:
            setattr(module, name, self._function(module.__name__, name))

    def _function(self, module: str, name: str) -> Callable[..., Any]:
        def stand_in(*args: Any, **kwargs: Any) -> Any:
            request = StandIn(module, name, list(args), kwargs)
            return self._differentiable(request) if _tensors(request) else self._value(request)

        stand_in.__name__ = stand_in.__qualname__ = name
        stand_in.__module__ = module
        return stand_in

    def _value(self, request: StandIn) -> Any:
        """Return the answer to a request.

        Raises:
            NobodyStandsIn: if nobody can answer it.
            Exception: what the right function raises.
        """
        generators: list[np.random.Generator] = []

        def outward(leaf: Any) -> Any:
            if not isinstance(leaf, np.random.Generator):
                return leaf
            generators.append(leaf)
            return plain.GeneratorSeed(len(generators) - 1, dict(leaf.bit_generator.state))

        sent = replace(
            request, args=plain.mapped(request.args, outward), kwargs=plain.mapped(request.kwargs, outward)
        )
        answer = self._answer(sent, generators)
        return (
            StandInObject(partial(self._answer, generators=generators), sent)
            if "object" in answer
            else answer["value"]
        )

    def _answer(self, request: StandIn, generators: Sequence[np.random.Generator]) -> dict[str, Any]:
        shown = ".".join([request.module, request.name, *(step[0] for step in request.then[-1:])])
        try:
            question = QUESTION + pack_request(request)
        except plain.NotPlain as error:
            raise NobodyStandsIn(f"{shown}, which got {error}") from None
        with self._asking:
            answer = plain.unpack(self._ask(question))
        if "refused" in answer:
            raise NobodyStandsIn(f"{shown}: {answer['refused']}")
        if "raised" in answer:
            raise _error(answer)
        for generator, state in zip(generators, answer["states"], strict=True):
            generator.bit_generator.state = state
        return {**answer, "value": plain.mapped(answer.get("value"), _as_tensor)}

    def _differentiable(self, request: StandIn) -> Any:
        """Return the answer to a request with tensors; TensorFlow can differentiate it."""
        import tensorflow as tf  # takes seconds, and the request has tensors

        if not tf.executing_eagerly():
            return self._in_graph(request)
        # What variables hold now.
        request = _with_tensors(request, [tf.convert_to_tensor(tensor) for tensor in _tensors(request)])
        value = self._value(request)

        @tf.custom_gradient  # type: ignore[untyped-decorator]  # TensorFlow has no types
        def answered(*_: Any) -> Any:
            def gradient(*upstream: Any) -> Any:
                return self._value(replace(request, upstream=list(upstream)))

            return _tensors_in(value), gradient

        # A gradient finds its way back to the variables.
        return _put(value, answered(*_tensors(request))) if _tensors_in(value) else value

    def _in_graph(self, request: StandIn) -> Any:
        """Return the answer as tensors of a graph that is being traced: they are asked for when it runs.

        A graph must know their dtypes and shapes before, so these are asked for twice: what differs with the sizes that
        the graph does not know is not known of the answer either.
        """
        import tensorflow as tf

        @tf.custom_gradient  # type: ignore[untyped-decorator]
        def sent(tensor: Any) -> Any:
            # `py_function` forgets the shape of a gradient, and fails to differentiate where integers go in.
            number = tf.identity(tensor) if tensor.dtype.is_floating else tf.cast(tensor, tf.float64)
            return number, lambda upstream: tf.ensure_shape(upstream, tensor.shape)

        tensors = [tf.convert_to_tensor(tensor) for tensor in _tensors(request)]
        with tf.init_scope():  # outside of the graph
            samples = [
                self._value(_with_tensors(request, [_sample(tensor, size) for tensor in tensors]))
                for size in (2, 3)
            ]
        if _without_tensors(samples[0]) != _without_tensors(samples[1]):
            raise NobodyStandsIn(f"{request.module}.{request.name}, whose answer tells a size of the batch")

        def answered(*numbers: Any) -> list[Any]:
            given = [tf.cast(number, tensor.dtype) for number, tensor in zip(numbers, tensors, strict=True)]
            return _tensors_in(self._differentiable(_with_tensors(request, given)))

        found = [_tensors_in(sample) for sample in samples]
        if not found[0]:
            return samples[0]
        values = tf.py_function(answered, [sent(one) for one in tensors], [one.dtype for one in found[0]])
        for value, one, other in zip(values, *found, strict=True):
            value.set_shape([a if a == b else None for a, b in zip(one.shape, other.shape, strict=True)])
        return _put(samples[0], values)


class StandInObject:
    """An object of an earlier exercise. Each question repeats how it was made and every call since.

    Args:
        answer: returns the answer to a request.
        made: the request that has made it.
    """

    def __init__(self, answer: Callable[[StandIn], dict[str, Any]], made: StandIn):
        self._answer = answer
        self._now = made

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        answer = self._answer(replace(self._now, then=[*self._now.then, (name, None, {})]))
        return partial(self._call, name) if answer.get("callable") else answer["value"]

    def _call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        later = replace(self._now, then=[*self._now.then, (name, list(args), kwargs)])
        answer = self._answer(later)
        self._now = later
        return answer["value"]

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_"):
            super().__setattr__(name, value)
        else:
            self._call(_SET, name, value)

    def __iter__(self) -> StandInObject:
        return self

    def __next__(self) -> Any:
        return self._call(_NEXT)


def answer_for(request: StandIn, exercises: Sequence[str]) -> dict[str, Any]:
    """Return the reply to a request, in the process that holds the solutions.

    It has no files: a function that keeps something in one would keep it here, where the submission does not find it.
    """
    _write_no_files()
    generators: list[np.random.Generator] = []

    def inward(leaf: Any) -> Any:
        if isinstance(leaf, plain.GeneratorSeed):
            generators.append(leaf.build())
            return generators[-1]
        return _as_tensor(leaf)

    args, kwargs = plain.mapped(request.args, inward), plain.mapped(request.kwargs, inward)
    function = getattr(importlib.import_module(request.module), request.name)
    try:
        if request.upstream is None:
            value = function(*args, **kwargs)
        else:
            value = _gradients(function, args, kwargs, plain.mapped(request.upstream, _as_tensor))
        if request.then and not _is_ours(value, exercises):
            return {"refused": "its answer is no object of the course"}
        reply: dict[str, Any] = _asked_of(value, request.then) if request.then else {"value": value}
        plain.pack(reply)
    except plain.NotPlain as error:
        if request.then or not _is_ours(value, exercises):
            return {"refused": f"its answer is {error}"}
        reply = {"object": True}
    except OSError as error:
        return {"refused": f"it needs a file ({type(error).__name__})"}
    return {**reply, "states": [dict(generator.bit_generator.state) for generator in generators]}


def _is_ours(value: object, exercises: Sequence[str]) -> bool:
    """Return True for an object of a class of the solutions, and for what one of their functions yields."""
    return isinstance(value, GeneratorType) or type(value).__module__ in exercises


def _asked_of(value: Any, steps: Sequence[tuple[str, list[Any] | None, dict[str, Any]]]) -> dict[str, Any]:
    """Do each step with an object, and return the reply to the last one.

    Nothing is asked of what a step returns, so that nobody gets from an object to its class, its code or its frame.
    """
    answer: dict[str, Any] = {}
    for name, args, kwargs in steps:
        is_hidden = name.startswith("_") and name not in (_NEXT, _SET)
        if isinstance(value, GeneratorType) != (name == _NEXT) or is_hidden:
            raise plain.NotPlain(f"nothing that may be asked for: {name}")
        if name == _SET and not (args and type(args[0]) is str and args[0][:1].isalpha()):
            raise plain.NotPlain("no attribute that may be set")
        found = getattr(value, name)
        if args is None:
            answer = {"callable": True} if callable(found) else {"value": found}
        else:
            answer = {"value": found(*plain.mapped(args, _as_tensor), **plain.mapped(kwargs, _as_tensor))}
    return answer


def _gradients(
    function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any], upstream: Any
) -> list[Any]:
    """Return the gradient with respect to each tensor among the arguments, None for one of integers."""
    import tensorflow as tf  # takes seconds, and the arguments are tensors

    tensors = _tensors_in([args, kwargs])
    floats = [tensor for tensor in tensors if tensor.dtype.is_floating]
    with tf.GradientTape() as recorded:
        recorded.watch(floats)
        values = _tensors_in(function(*args, **kwargs))
    zero = tf.UnconnectedGradients.ZERO
    found = iter(recorded.gradient(values, floats, output_gradients=upstream, unconnected_gradients=zero))
    return [next(found) if tensor.dtype.is_floating else None for tensor in tensors]


def _write_no_files() -> None:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))


def _with_tensors(request: StandIn, tensors: Sequence[Any]) -> StandIn:
    """Return a request with other tensors."""
    args, kwargs = _put([request.args, request.kwargs], tensors)
    return replace(request, args=args, kwargs=kwargs)


def _put(value: Any, tensors: Sequence[Any]) -> Any:
    """Return `value` with these in place of its tensors."""
    remaining = iter(tensors)
    return plain.mapped(value, lambda leaf: next(remaining) if plain.is_tensor(leaf) else leaf)


def _without_tensors(value: Any) -> Any:
    return plain.mapped(value, lambda leaf: None if plain.is_tensor(leaf) else leaf)


def _sample(tensor: Any, size: int) -> Any:
    """Return zeros like a tensor of a graph; dimensions that it does not know have that size."""
    import tensorflow as tf

    if tensor.shape.rank is None:
        raise NobodyStandsIn("a tensor of unknown rank")
    return tf.zeros([size if one is None else one for one in tensor.shape], tensor.dtype)


def _tensors(request: StandIn) -> list[Any]:
    """Return the tensors among the arguments of a request, in order."""
    return _tensors_in([request.args, request.kwargs])


def _tensors_in(value: Any) -> list[Any]:
    """Return the tensors in a value, in order."""
    return [leaf for leaf in plain.leaves(value) if plain.is_tensor(leaf)]


def _as_tensor(leaf: Any) -> Any:
    if not isinstance(leaf, plain.Tensor):
        return leaf
    import tensorflow as tf  # takes seconds, and few functions get tensors

    return tf.constant(leaf.array)


def _error(answer: Mapping[str, Any]) -> Exception:
    """Return the exception in an answer, as one that Python has."""
    kinds = (getattr(builtins, name, None) for name in answer["bases"])
    kind = next(kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseException))
    return kind(answer["text"]) if issubclass(kind, Exception) else RuntimeError(answer["text"])
