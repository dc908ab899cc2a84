"""Diagnosis: find the known mistake that gives the same wrong answers, call for call.

The failing example of a test is replayed with the solution: functions that answer otherwise are suspects.
Then it is replayed with each mistake of `tests/mistakes/`. One that gives a suspect's answers is compared
further, by the questions that the suite asks a right submission. One that agrees in all of them is named.
Because a mistake must answer as the submission does where the solution does not, a right answer is never
called one.

Where no known mistake agrees, `patterns` computes what the wrong answers have in common.

`explanations` runs this in the examiner, `replay` asks a variant what the submission was asked, `comparison` compares,
`examples` chooses further questions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from autograder.diagnosis.comparison import (
    Comparison,
    same_digits,
    same_numbers,
    same_repeats,
    same_types,
    same_values,
)
from autograder.diagnosis.examples import Example
from autograder.diagnosis.replay import Replay

__all__ = ["Example", "Mistake", "Replay", "diagnose"]

# We ask questions about a suspect until this many answers were compared, or the solution took this long for them,
# but always at least a few.
_MOST_ANSWERS = 100
_MOST_SECONDS = 2.0
_FEWEST_QUESTIONS = 3
# More answers of one object show little that is new.
_MOST_OF_ONE = 5


@dataclass(frozen=True)
class Mistake:
    """A known mistake.

    Attributes:
        sentence: what a learner reads.
        defines: the functions that its file defines.
        replay: asks it.
    """

    sentence: str
    defines: tuple[str, ...]
    replay: Replay


# Returns a sentence on the answers of a function to some questions; empty if nothing can be said. True as the last
# argument means that the questions are those that the solution refuses.
Pattern = Callable[[str, list[Example], bool], str]


def diagnose(
    failing: Mapping[str, Example],
    questions: list[Example],
    submission: Replay,
    solution: Replay,
    mistakes: Callable[[], Iterable[Mistake]],
    pattern: Pattern,
) -> dict[str, list[str]]:
    """Return the sentences that explain each failing test; unexplained tests are omitted.

    Args:
        failing: the smallest failing example of each test.
        questions: the suite's examples with the solution's answers, the most informative first.
        submission: the submission, which is asked the same questions.
        solution: the reference solution.
        mistakes: yields the exercise's mistakes; it is fastest to ask one mistake all questions before the next.
        pattern: explains what no known mistake does.
    """
    suspects = {
        test: _suspects(example, questions, submission, solution) for test, example in failing.items()
    }
    shown: dict[_Suspect, list[Example]] = defaultdict(list)
    for test, found in suspects.items():
        for suspect in found:
            shown[suspect].append(failing[test])
    known = {
        suspect: [*examples, *_answered(submission, suspect.questions(questions))]
        for suspect, examples in shown.items()
    }
    # The first example rules out most mistakes.
    cheapest = {
        suspect: sorted(examples, key=lambda example: example.seconds) for suspect, examples in known.items()
    }
    explained: dict[_Suspect, list[str]] = defaultdict(list)
    for mistake in mistakes() if known else ():
        for suspect, examples in cheapest.items():
            if all(
                mistake.replay.agrees(suspect.function, suspect.comparison, example) for example in examples
            ) and not _is_ruled_out(mistake, suspect, questions, submission):
                explained[suspect].append(mistake.sentence)
    _narrow(explained, questions, submission, mistakes)

    @cache
    def computed(suspect: _Suspect) -> str:
        return pattern(suspect.function, known[suspect], suspect.refusals)

    for test, found in suspects.items():
        if not any(suspect in explained for suspect in found):
            _compute(explained, found, failing[test], submission, computed)
    # Of several suspects in a test, take the one that was called first.
    return {
        test: next(explained[suspect] for suspect in found if suspect in explained)
        for test, found in suspects.items()
        if any(suspect in explained for suspect in found)
    }


def _compute(
    explained: dict[_Suspect, list[str]],
    suspects: list[_Suspect],
    failing: Example,
    submission: Replay,
    computed: Callable[[_Suspect], str],
) -> None:
    """Explain the first of a test's suspects whose wrong answers have a pattern."""
    for suspect in suspects:
        if suspect.comparison is not same_values:
            continue
        # What answers otherwise the next time has no pattern.
        if not submission.agrees(suspect.function, same_values, failing):
            continue
        if sentence := computed(suspect):
            explained[suspect] = [sentence]
            return


def _is_ruled_out(mistake: Mistake, suspect: _Suspect, questions: list[Example], submission: Replay) -> bool:
    """Return True if it is a mistake of another function, which the submission answers rightly."""
    for function in mistake.defines if suspect.function not in mistake.defines else ():
        asked = list(_about(function, questions))
        if any(not mistake.replay.agrees(function, same_values, question) for question in asked) and all(
            submission.agrees(function, same_values, question) for question in asked
        ):
            return True
    return False


@dataclass(frozen=True)
class _Suspect:
    """A function whose answers differ from the solution's.

    Attributes:
        function: its name.
        comparison: the comparison that shows the difference.
        refusals: True if the solution raises an error in the example that shows the difference. Otherwise such
            errors are not compared, because learners may not have written their checks yet.
    """

    function: str
    comparison: Comparison
    refusals: bool

    def questions(self, questions: Iterable[Example]) -> list[Example]:
        """Return enough questions about the function."""
        return list(
            _about(
                self.function, (one for one in questions if self.refusals or not one.raises(self.function))
            )
        )


def _suspects(
    failing: Example, questions: list[Example], submission: Replay, solution: Replay
) -> list[_Suspect]:
    """Return the suspects in a failing example, by the coarsest comparison that shows any."""
    for comparison in (same_values, same_types, same_repeats, same_numbers, same_digits):
        different = []
        for function in failing.functions:
            suspect = _Suspect(function, comparison, solution.example(failing).raises(function))
            examples = [failing]
            if comparison is same_repeats:
                # In the smallest example, random numbers may repeat by chance.
                examples += _answered(submission, suspect.questions(questions))
            if not all(solution.agrees(function, comparison, example) for example in examples):
                different.append(suspect)
        if different:
            return different
    return []


def _narrow(
    explained: dict[_Suspect, list[str]],
    questions: list[Example],
    submission: Replay,
    mistakes: Callable[[], Iterable[Mistake]],
) -> None:
    """If several mistakes explain a suspect, keep only those that agree in all other functions too, if there are any.

    A submission with two mistakes does not fully agree with either.
    """
    several = {name for names in explained.values() if len(names) > 1 for name in names}
    whole = {
        mistake.sentence
        for mistake in (mistakes() if several else ())
        if mistake.sentence in several and _agrees_in_all(mistake.replay, questions, submission)
    }
    for suspect, names in explained.items():
        explained[suspect] = [name for name in names if name in whole] or names


def _agrees_in_all(mistake: Replay, questions: list[Example], submission: Replay) -> bool:
    """Return True if a mistake gives the submission's answers in every function."""
    functions = dict.fromkeys(function for example in questions for function in example.functions)
    return all(
        mistake.agrees(function, same_values, example)
        for function in functions
        for example in _answered(submission, _about(function, questions))
    )


def _about(function: str, questions: Iterable[Example]) -> Iterator[Example]:
    """Yield enough questions about a function."""
    answers, seconds, asked = 0, 0.0, 0
    for example in questions:
        positions = example.positions(function)
        if not positions:
            continue
        if asked >= _FEWEST_QUESTIONS and (answers >= _MOST_ANSWERS or seconds >= _MOST_SECONDS):
            return
        yield example
        asked, seconds = asked + 1, seconds + example.seconds
        answers += min(len(positions), _MOST_OF_ONE)


def _answered(submission: Replay, questions: Iterable[Example]) -> Iterator[Example]:
    """Yield each question with the submission's answers."""
    return (submission.example(question) for question in questions)
