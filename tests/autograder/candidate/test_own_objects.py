"""What a submission returns and is not plain data stays with it, and comes back to it as it was."""

from __future__ import annotations

import pytest

from autograder.candidate import Candidate
from autograder.suite.proxy import ModuleProxy, SubmissionSession
from autograder.suite.tape import Tape
from autograder.suite.transcript import Transcript

KEEPS = """
def walk(number):
    return number + 1, {kept}

def back(kept):
    return [function() for function in kept]
"""


class Direct:
    """Asks a candidate in this process."""

    def __init__(self, folder):
        self._candidate = Candidate(folder, ["steps"], {})

    def ask(self, request):
        return self._candidate.answer(request)

    def close(self):
        """Do nothing: there is no other process."""


@pytest.mark.parametrize(
    "kept", ["[lambda: number]", "(lambda: number, lambda: 2)", "iter([lambda: number])"]
)
def test_a_list_of_functions_is_handed_back(tmp_path, kept):
    """An answer may be a pair of a number and a list of closures, of which the suite knows nothing."""
    (tmp_path / "steps.py").write_text(KEEPS.format(kept=kept))
    steps = ModuleProxy(SubmissionSession(Direct(tmp_path), Transcript(), Tape()), "steps")
    _, objects = iter(steps.walk(7))
    assert steps.back(objects)[0] == 7
