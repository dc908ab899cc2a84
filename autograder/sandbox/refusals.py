"""Say in a learner's words what a submission asked of the sandbox that the sandbox does not have."""

from __future__ import annotations

import errno
from collections.abc import Iterator

from autograder.sandbox import Level

_NETWORK = "the sandbox has no network: use only the arguments"
_SHARED_MEMORY = "the sandbox has no shared memory, which multiprocessing needs: compute in one process"
_PROGRAMS = "the sandbox has no programs but Python: write it in Python"
_FILES = "the sandbox lets you use files only in tempfile.gettempdir()"
# The modules of the standard library that ask for it. Each of them works at home.
_ASKED_BY = {
    "socket": _NETWORK,
    "multiprocessing.synchronize": _SHARED_MEMORY,
    "multiprocessing.shared_memory": _SHARED_MEMORY,
    "multiprocessing.managers": _SHARED_MEMORY,
}
# At the level `user`, a submission sees the machine's programs.
_ASKED_BY_NAMESPACES = {**_ASKED_BY, "subprocess": _PROGRAMS}
# A longer chain of exceptions is no library's.
_MOST_CAUSES = 20


def refusal(error: BaseException, level: Level) -> str:
    """Return what the sandbox lacks, if that caused an exception; an empty text if not.

    Args:
        error: an exception of the submission. Libraries raise their own, whose cause counts.
        level: the level of the sandbox that it ran in.
    """
    if level is Level.none:
        return ""
    asked_by = _ASKED_BY_NAMESPACES if level is Level.namespaces else _ASKED_BY
    for cause in _causes(error):
        if isinstance(cause, (OSError, EOFError)):
            modules = set(_modules(cause))
            for module, text in asked_by.items():
                if module in modules:
                    return text
            if isinstance(cause, OSError) and cause.filename is not None and _is_closed(cause):
                return _FILES
    return ""


def _is_closed(error: OSError) -> bool:
    return error.errno in (errno.EROFS, errno.EACCES, errno.EPERM)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and those that led to it."""
    cause: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _modules(error: BaseException) -> Iterator[str]:
    """Yield the names of the modules that an exception passed through."""
    traceback = error.__traceback__
    while traceback is not None:
        yield str(traceback.tb_frame.f_globals.get("__name__"))
        traceback = traceback.tb_next
