"""Patterns: explain wrong answers that no known mistake gives, by the simplest relation or condition that always holds.

A pattern is looked for in the suite's questions and in fresh ones, which mix the arguments of several. It is shown only
if it holds in every case, and if enough cases could have shown that it does not. It needs nothing of the course but
the solution, and never shows code.
"""

from __future__ import annotations

import builtins
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.diagnosis.cases import (
    Case,
    PartPath,
    Raised,
    Signature,
    agree,
    answer_of,
    cases_of,
    distinct,
    part_of,
    with_part,
)
from autograder.diagnosis.comparison import OBJECT, bare, count_numbers
from autograder.diagnosis.conditions import (
    EARLIER_CALLS,
    Condition,
    Tried,
    conditions,
    free_texts,
    quantities,
    where_in_the_answer,
)
from autograder.diagnosis.examples import Example, Step
from autograder.diagnosis.relations import (
    Change,
    answer_relations,
    bounded,
    factor,
    factor_of_change,
    numbers,
    other_questions,
)
from autograder.diagnosis.replay import Replay
from autograder.protocol import plain
from autograder.protocol.text import ORDINALS, listed
from autograder.suite.expected import describe

# How many fresh questions are made of the suite's, and as many of those that were answered wrongly.
_FRESH, _FEW_FRESH = 60, 10
# How often a fresh question gives other arguments than the suite's, of those that may be left out.
_OTHER_CHOICE = 0.3
# A sentence must still be the one that is found after as many fresh questions again; else that one must, and so on.
_MOST_ROUNDS = 4
# A fresh whole number is not larger than this, unless the suite's is.
_LARGE = 20
# Fewer wrong answers than this show nothing, nor do fewer numbers in them together.
_FEWEST_CASES, _FEWEST_NUMBERS = 3, 8
# A condition needs as many right and wrong answers as this: the more, the more conditions of its kind there are.
_FEWEST_OF_EACH = {Tried.FEATURES: 5, Tried.COMPARISONS: 10, Tried.PAIRS: 23}
# More numbers of one answer add nothing.
_MOST_NUMBERS = 3
_MOST_PARTS = 4
_LONGEST_ANSWER = 40
# A name in a sentence.
_NAME = re.compile("`[^`]*`")


def pattern(
    function: str,
    signatures: Callable[[str], Signature],
    questions: Sequence[Example],
    solution: Replay,
    submission: Replay,
    refusals: bool,
) -> str:
    """Return a sentence that is true of the answers of a function; empty if there is none.

    Args:
        function: its name.
        signatures: returns the signature of the function, or of a method of an object that it makes.
        questions: examples that call it.
        solution: answers as the course's solution does.
        submission: answers as the submission does.
        refusals: True to look at the questions that the solution refuses, False to look at the others.
    """

    def answered(examples: Sequence[Example]) -> list[Case]:
        return [
            case
            for example in examples
            for case in cases_of(function, signatures, solution.example(example), submission.example(example))
        ]

    asked = answered(questions)
    fits = _is_refused if refusals else _is_answered
    wrong = [case for case in asked if case.wrong]
    cases, told = list(asked), ""
    for seed in range(_MOST_ROUNDS):
        known = len(cases)
        for bases in (wrong, asked):
            steps = _fresh(function, signatures, asked, bases, solution, fits, random.Random(seed))
            found = answered([Example([step], 0.0) for step in steps])
            cases += [replace(case, is_variation=bases is wrong) for case in found]
        before, told = told, _told(function, signatures, cases, solution, refusals)
        # Without fresh questions the next round would find the same.
        if told == before or len(cases) == known:
            return told
    return ""


def _told(
    function: str,
    signatures: Callable[[str], Signature],
    cases: Sequence[Case],
    solution: Replay,
    refusals: bool,
) -> str:
    """Return a sentence that is true of all these cases; empty if there is none."""
    # Small answers first: most relations fail at the first.
    cases = sorted(distinct(cases), key=lambda case: count_numbers(case.right))
    for name in dict.fromkeys(case.asked for case in cases if case.wrong):
        own = [case for case in cases if case.asked == name and isinstance(case.right, Raised) is refusals]
        shown = f"`{function}`" if name in (function, "next") else f"`{function}.{name}`"
        search = _Search(shown, signatures(name), own, solution)
        if sentence := search.refusals() if refusals else search.sentence():
            return sentence
    return ""


def _fresh(
    function: str,
    signatures: Callable[[str], Signature],
    cases: Sequence[Case],
    bases: Sequence[Case],
    solution: Replay,
    fits: Callable[[dict[str, Any]], bool],
    choose: random.Random,
) -> list[Step]:
    """Return new questions: each is one of `bases` with arguments of others of `cases`, and other numbers.

    Those whose reply of the solution does not fit are left out.
    """
    donors = [case for case in cases if case.can_be_asked_alone and case.positions]
    alone = [case for case in bases if case.can_be_asked_alone and case.positions]
    if not alone:
        return []
    steps = []
    for _ in range(_FEW_FRESH if any(case.step.random for case in alone) else _FRESH):
        base = choose.choice(alone)
        changed: dict[str, Any] = {}
        for name in choose.sample(sorted(base.positions), min(len(base.positions), choose.choice((1, 1, 2)))):
            donor = choose.choice(donors).arguments.get(name)
            if type(donor) is type(base.arguments[name]):
                changed[name] = _other_numbers(donor, [case.arguments.get(name) for case in donors], choose)
        left_out: list[str] = []
        # Now and then another choice of the arguments that have a default.
        if choose.random() < _OTHER_CHOICE:
            optional = signatures(function).defaults.keys() - changed.keys()
            left_out = [name for name in sorted(optional) if base.positions.get(name) == name][:1]
            donor_case = choose.choice(donors)
            changed |= {
                name: donor_case.arguments[name]
                for name in sorted(optional & donor_case.positions.keys() - base.positions.keys())
            }
        if (changed or left_out) and signatures(function).fits({**base.arguments, **changed}):
            message = base.with_arguments(changed, left_out)
            steps.append(Step(message, None, function, random=base.step.random))
    solved = solution.example(Example(steps, 0.0))
    return [step for step in solved.steps if step.reply and fits(step.reply)]


def _is_refused(reply: dict[str, Any]) -> bool:
    return "raised" in reply


def _is_answered(reply: dict[str, Any]) -> bool:
    """Return True if all numbers in an answer are finite: otherwise nobody would ask that."""
    if "value" not in reply:
        return False
    leaves = map(np.asarray, plain.leaves(bare(reply["value"])))
    return all(bool(np.isfinite(leaf).all()) for leaf in leaves if leaf.dtype.kind == "f")


def _other_numbers(value: Any, seen: Sequence[Any], choose: random.Random) -> Any:
    """Return an argument with other numbers now and then; whole numbers are within what was seen."""
    if type(value) is int:
        known = [other for other in seen if type(other) is int]
        # Not much larger than it is: it may be the length of an axis.
        most = max(value, min(max(known), _LARGE))
        return choose.choice((value, choose.randint(min(known), most)))
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        draw = np.random.default_rng(choose.randrange(2**32))
        whole = np.asarray(draw.integers(-3, 4, value.shape))
        other = np.asarray(draw.normal(0, 3, value.shape))
        large, alike = 10.0 ** choose.choice((1, 2, 3)), draw.integers(1, 9)
        # Each kind tells apart what goes together in others: zeros and numbers that occur twice, a sign and a size.
        kinds = (whole, other, np.abs(other), large * other, np.zeros_like(other), np.full_like(other, alike))
        return choose.choice((value, value, value, choose.choice(kinds).astype(value.dtype)))
    if isinstance(value, np.ndarray) and value.dtype.kind in "iu" and value.ndim == 1:
        return choose.choice((value, np.sort(value), np.unique(value)))
    if isinstance(value, (tuple, list)):
        alike_in_length = [other for other in seen if type(other) is type(value) and len(other) == len(value)]
        columns = zip(value, *alike_in_length, strict=True)
        return type(value)(_other_numbers(item, others, choose) for item, *others in columns)
    return value


@dataclass(frozen=True)
class _OfParts:
    """What is said of an answer of several values; `is_whole` if it also says how they are wrong."""

    text: str = ""
    is_whole: bool = False


@dataclass(frozen=True)
class _Search:
    """A search for a pattern in the answers of one function or method.

    Attributes:
        shown: its name, for a sentence.
        signature: its signature.
        cases: its cases.
        solution: answers other questions.
        part: the part of an answer that is looked at; all of it by default.
    """

    shown: str
    signature: Signature
    cases: list[Case]
    solution: Replay
    part: PartPath = ()

    @property
    def wrong(self) -> list[Case]:
        return [case for case in self.cases if case.wrong]

    def sentence(self) -> str:
        """Return what is true of the answers to questions that have one."""
        wrong = self.wrong
        if not _enough(wrong) or any(agree(case.given, case.right) for case in wrong):
            return ""  # its answers are right, but not what it does to its arguments
        if any(
            leaf == OBJECT for case in wrong for leaf in plain.leaves(case.given) if isinstance(leaf, str)
        ):
            return ""
        shown = self.shown
        if raised := _raised(wrong):
            for condition in self._conditions(of_errors=True):
                if condition.is_exact and condition.where:
                    often = "" if condition.is_always else "nearly always "
                    error = _with_article(raised)
                    # Nobody asked between two numbers.
                    rest = f"none where {condition.elsewhere}" if condition.elsewhere else "only there"
                    of = "Of the questions that have an answer,"
                    return f"{of} {shown} {often}raises {error} where {condition.where}, and {rest}."
            return ""
        given = [case for case in self.cases if not isinstance(case.given, Raised)]
        if len(given) < len(self.cases):
            text = replace(self, cases=given).sentence()
            begun = f"{shown} raises an error for some questions that have an answer. Apart from that,"
            return f"{begun} {text[0].lower()}{text[1:]}" if text else ""
        if constant := self._constant():
            return f"Every answer of {shown} is {constant}."
        if self._is_one_call_late():
            return f"{shown} gives the answer that was right one call earlier."
        if phrase := self._relation(self.cases):
            return f"Every answer of {shown} is {phrase}."
        if phrase := self._other_question(self.cases):
            return f"The answers of {shown} would be right for the same question {phrase}."
        of_parts = self._of_parts()
        if of_parts.is_whole:
            return of_parts.text
        for condition in self._conditions():
            if condition.is_exact:
                there = self._there()
                is_always = condition.is_always and (bool(there) or not self._may_agree_by_chance())
                return f"{shown} {_where(condition, is_always)}.{there}"
        if phrase := self._relation_of_wrong():
            return f"Where an answer of {shown} is wrong, it is {phrase}."
        if phrase := self._other_question_of_wrong():
            return f"Where an answer of {shown} is wrong, it would be right for the same question {phrase}."
        return of_parts.text or self._place() or self._only_where()

    def refusals(self) -> str:
        """Return where no error is raised, of questions that the solution refuses."""
        wrong = self.wrong
        if len(wrong) < _FEWEST_CASES or any(isinstance(case.given, Raised) for case in wrong):
            return ""
        if len(self.cases) - len(wrong) < _FEWEST_CASES:
            return ""
        found = [
            condition
            for condition in conditions(self.cases, self.signature)
            if condition.is_always and condition.where and condition.tried is Tried.FEATURES
        ]
        # Nobody knows which of several arguments is the reason.
        if len({frozenset(_NAME.findall(condition.where)) for condition in found}) != 1:
            return ""
        return (
            f"Where {found[0].where}, {self.shown} should raise an error for some questions, but raises none."
        )

    def _may_agree_by_chance(self) -> bool:
        """Return True if an answer is a choice or a few whole numbers: 2**2 is 2 * 2."""
        found = [None if isinstance(case.right, Raised) else numbers(case.right) for case in self.cases]
        return all(
            one is None or (one.size <= _MOST_PARTS and bool((one == np.trunc(one)).all())) for one in found
        )

    def _there(self) -> str:
        """Return one more sentence on the wrong answers."""
        if phrase := self._relation_of_wrong():
            return f" There, its answer is {phrase}."
        if phrase := self._other_question_of_wrong():
            return f" There, its answer would be right for the same question {phrase}."
        return ""

    def _conditions(self, of_errors: bool = False) -> Iterator[Condition]:
        wrong = len(self.wrong)
        fewest = min(wrong, len(self.cases) - wrong)
        if any(case.step.random for case in self.cases):
            return  # a wrong distribution shows only in many numbers
        # Without fresh questions all are of a few tests, which differ in many ways at once.
        of_calls_alone = not of_errors and not any(case.can_be_asked_alone for case in self.cases)
        # The more numbers a question has, the more comparisons there are.
        compared = max(len(self._quantities(case)) for case in self.cases)
        for condition in conditions(self.cases, self.signature):
            more = 0 if condition.tried is Tried.FEATURES else compared
            if of_calls_alone and not condition.is_about_calls:
                continue
            if fewest >= _FEWEST_OF_EACH[condition.tried] + more:
                yield condition

    def _quantities(self, case: Case) -> dict[str, float]:
        found = quantities(case, self.signature)
        del found[EARLIER_CALLS]
        return found

    def _constant(self) -> str:
        """Return the answer that is given to every question, if there is one."""
        given = [case.given for case in self.cases]
        if any(isinstance(one, Raised) for one in given) or not all(agree(one, given[0]) for one in given):
            return ""
        if given[0] is not None and numbers(given[0]) is None and type(given[0]) is not bool:
            return "the same"  # a submission's own text is not repeated
        text = describe(given[0])
        return text if len(text) <= _LONGEST_ANSWER else "the same"

    def _relation(self, cases: Sequence[Case]) -> str:
        """Return what all answers in `cases` are to the right ones."""
        if any(isinstance(case.given, Raised) for case in cases):
            return ""
        changed = [case for case in cases if case.wrong]
        if phrase := factor(cases, self._quantities):
            return phrase
        for name in self.signature.names:
            if phrase := factor_of_change(cases, name, self._quantities):
                return phrase
        if phrase := bounded(cases):
            return phrase
        for relation in answer_relations(self.signature.answer_axes):
            self.solution.check_time()
            if all(relation.holds(case) for case in changed) and all(relation.holds(case) for case in cases):
                return relation.phrase
        if phrase := _spread(changed):
            return phrase if len(changed) == len(cases) else ""
        return ""

    def _relation_of_wrong(self) -> str:
        return self._relation(self.wrong) if self._enough_apart() else ""

    def _other_question_of_wrong(self) -> str:
        return self._other_question(self.wrong) if self._enough_apart() else ""

    def _enough_apart(self) -> bool:
        """Return True if enough wrong answers are not of questions made of other wrong ones: these may be alike."""
        return _enough([case for case in self.wrong if not case.is_variation])

    def _other_question(self, cases: Sequence[Case]) -> str:
        """Return to which other question all answers in `cases` are right."""
        if not all(case.can_be_asked_alone for case in cases):
            return ""
        seen = _seen(self.cases)
        # A wrong answer rules out most.
        ordered = sorted(cases, key=lambda case: not case.wrong)
        alive: list[str] | None = None
        for case in ordered:
            changes = {one.phrase: one.change for one in other_questions(case, seen)}
            left = list(changes) if alive is None else alive
            answers = self._answers_to(
                case, {phrase: changes[phrase] for phrase in left if phrase in changes}
            )
            given = {f"`{name}`" for name in case.positions}
            # A question that has no such argument would be the same.
            alive = [
                phrase
                for phrase in left
                if (phrase in answers and agree(case.given, answers[phrase]))
                or (phrase not in changes and not case.wrong and not given.issuperset(_NAME.findall(phrase)))
            ]
            if not alive:
                return ""
        return alive[0] if alive else ""

    def _answers_to(self, case: Case, changes: Mapping[str, Change]) -> dict[str, Any]:
        """Return the right answers to a question with each change; a change that makes no question is left out."""
        steps: dict[str, Step] = {}
        for phrase, change in changes.items():
            with suppress(ValueError, TypeError, IndexError, KeyError, OverflowError):
                message = case.with_arguments(change(case.arguments))
                steps[phrase] = Step(message, None, case.step.function, random=False)
        if not steps:
            return {}
        solved = self.solution.example(Example(list(steps.values()), 0.0)).steps
        return {
            phrase: part_of(answer_of(step), self.part) for phrase, step in zip(steps, solved, strict=True)
        }

    def _is_one_call_late(self) -> bool:
        later = [case for case in self.cases if case.earlier_calls]
        wrong = [case for case in later if case.wrong]
        return _enough(wrong) and all(agree(case.given, case.before) for case in later)

    def _of_parts(self) -> _OfParts:
        """Say which of several values are wrong, and how."""
        answers = [answer for case in self.cases for answer in (case.right, case.given)]
        count = _length(answers)
        parts = {path: with_part(self.cases, path) for path in _paths(answers)}
        bad = [path for path, own in parts.items() if any(case.wrong for case in own)]
        if not 0 < len(bad) < len(parts):
            return _OfParts()
        good = _in_words([path for path in parts if path not in bad], list(parts))
        are = "is" if len(good) == 1 and not good[0].startswith("parts") else "are"
        text = f"Of the {count} values that {self.shown} returns, {listed(good)} {are} right."
        answers = [answer for path in bad for case in parts[path] for answer in (case.right, case.given)]
        if not all(type(answer) is bool or numbers(answer) is not None for answer in answers):
            return _OfParts()  # what a function keeps for itself
        if len(bad) > 1:
            return _OfParts(text)
        signature = Signature(self.signature.names, self.signature.axes)
        part = replace(self, signature=signature, cases=parts[bad[0]], part=bad[0])
        (words,) = _in_words(bad, list(parts))
        name = words[0].upper() + words[1:]
        if constant := part._constant():
            return _OfParts(f"{text} {name} is always {constant}.", True)
        if phrase := part._relation(part.cases):
            return _OfParts(f"{text} {name} is {phrase}.", True)
        if phrase := part._other_question(part.cases):
            return _OfParts(f"{text} {name} would be right for the same question {phrase}.", True)
        if phrase := part._relation_of_wrong():
            return _OfParts(f"{text} Where it is wrong, {words} is {phrase}.")
        return _OfParts(text)

    def _place(self) -> str:
        place = where_in_the_answer(self.wrong, self.signature.answer_axes)
        return f"The answers of {self.shown} are right but {place}." if place else ""

    def _only_where(self) -> str:
        for condition in self._conditions():
            if not condition.is_exact:
                return f"{self.shown} is wrong only where {condition.where}."
        return ""


def _length(answers: Sequence[Any]) -> int:
    """Return how many values each of the answers has, if that is a small number and always the same; else 0."""
    lengths = {len(answer) if isinstance(answer, list) else 0 for answer in answers}
    return count if len(lengths) == 1 and 2 <= (count := lengths.pop()) <= _MOST_PARTS else 0


def _paths(answers: Sequence[Any]) -> list[PartPath]:
    """Return the parts that each of the answers has; of a part that has parts itself, these."""
    paths: list[PartPath] = []
    for position in range(_length(answers)):
        inner = _length([answer[position] for answer in answers])
        paths += [(position, part) for part in range(inner)] or [(position,)]
    return paths


def _in_words(paths: Sequence[PartPath], everything: Sequence[PartPath]) -> list[str]:
    """Return words for some of all the parts of an answer, as in "the first", "part 3 of the second"."""
    words = []
    for position in dict.fromkeys(path[0] for path in paths):
        own = [path for path in paths if path[0] == position]
        name = f"the {ORDINALS[position]}"
        if len(own) < sum(path[0] == position for path in everything):
            parts = "part" if len(own) == 1 else "parts"
            name = f"{parts} {listed([str(path[1] + 1) for path in own])} of {name}"
        words.append(name)
    return words


def _with_article(name: str) -> str:
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def _where(condition: Condition, is_always: bool) -> str:
    wrong = "wrong" if is_always else "nearly always wrong"
    if not condition.elsewhere:
        return f"is {wrong} where {condition.where}, and right elsewhere"
    if not condition.where:
        return f"is right where {condition.elsewhere}, and {wrong} elsewhere"
    return f"is right where {condition.elsewhere} and {wrong} where {condition.where}"


def _enough(cases: Sequence[Case]) -> bool:
    """Return True if so many wrong answers can show something."""
    shown = 0
    for case in cases:
        found = None if isinstance(case.given, Raised) else numbers(case.right)
        shown += 1 if found is None else min(found.size, _MOST_NUMBERS)
    return len(cases) >= _FEWEST_CASES and shown >= _FEWEST_NUMBERS


def _raised(wrong: Sequence[Case]) -> str:
    """Return the exception that every wrong answer is; empty if they are not all the same."""
    names = {case.given.name if isinstance(case.given, Raised) else "" for case in wrong}
    name = names.pop() if len(names) == 1 else ""
    # A submission can name its exceptions as it likes.
    return name if isinstance(getattr(builtins, name, None), type) else ""


def _seen(cases: Sequence[Case]) -> dict[str, list[Any]]:
    """Return, by name, the texts and truth values that an argument has in any case, if it is no free text."""
    found: dict[str, list[Any]] = {}
    free = free_texts(cases)
    for case in cases:
        for name, value in case.arguments.items():
            if (
                isinstance(value, (str, bool))
                and name not in free
                and value not in found.setdefault(name, [])
            ):
                found[name].append(value)
    return found


def _spread(cases: Sequence[Case]) -> str:
    """Say how much more random numbers are spread than the right ones, if that is all."""
    ratios = []
    for case in cases:
        right, given = numbers(case.right), numbers(case.given)
        if not case.step.random or right is None or given is None or right.shape != given.shape:
            return ""
        if right.size < 1000 or not right.std():
            return ""
        ratios.append(float(given.std() / right.std()))
    if not ratios:
        return ""
    found = np.array(ratios)
    middle = float(np.median(found))
    if np.ptp(found) > 0.1 * middle or abs(middle - 1) < 0.05:
        return ""
    return f"a draw of numbers that are spread {middle:.2g} times as widely as the right ones"
