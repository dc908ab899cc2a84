"""The examiner's side of stand-ins: answers a submission's questions by the solutions, in a process of their own."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Protocol

from autograder.protocol import plain
from autograder.protocol.calls import StandIn, pack_request
from autograder.suite.proxy import CannotAnswer

# What a submission gets of a reply. Lines and files of the solutions are none of its business.
_TOLD = ("value", "object", "callable", "states", "raised", "bases", "text", "refused")


class Asked(Protocol):
    """Sends requests to the process that holds the solutions."""

    def ask(self, request: bytes) -> bytes:
        """Return the reply. Raises CannotAnswer if there is none."""
        ...

    def close(self) -> None:
        """End the process."""
        ...


class Answers:
    """Answers a submission's questions about functions of earlier exercises.

    Args:
        functions: by exercise, the functions that it may ask for, and no others.
        reference: the process that holds the solutions.
    """

    def __init__(self, functions: Mapping[str, Sequence[str]], reference: Asked):
        self._functions = functions
        self._reference = reference

    def answer(self, question: bytes) -> bytes:
        """Return the packed answer to a packed question; the question is not trusted."""
        try:
            message = plain.unpack(question)
            module, name, args, kwargs = (message[key] for key in ("module", "name", "args", "kwargs"))
            request = StandIn(module, name, args, kwargs, message.get("upstream"), message.get("then", ()))
            allowed = request.name in self._functions.get(request.module, ())
            if not allowed or type(request.args) is not list or type(request.kwargs) is not dict:
                return plain.pack({"refused": "it is not to be asked for"})
            reply = plain.unpack(self._reference.ask(pack_request(request)))
        except CannotAnswer as error:
            return plain.pack({"refused": str(error)})
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            return plain.pack({"refused": f"the question cannot be read ({type(error).__name__})"})
        told = {key: reply[key] for key in _TOLD if key in reply}
        return plain.pack(told or {"refused": "it gave no answer"})

    def close(self) -> None:
        """End the process that holds the solutions."""
        self._reference.close()


def public_names(source: bytes) -> list[str]:
    """Return the functions and classes that a module of ours defines."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    return [node.name for node in ast.parse(source).body if isinstance(node, kinds) and node.name[0] != "_"]
