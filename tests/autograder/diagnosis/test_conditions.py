"""Where answers are wrong: what may be told of it, and what may not."""

from __future__ import annotations

import itertools
from dataclasses import replace

from autograder.diagnosis.cases import Case, Signature
from autograder.diagnosis.conditions import conditions
from autograder.diagnosis.examples import Step


def told(texts):
    """Return the conditions for a function that is wrong where its text is the first of these."""
    step = Step({"do": "CallMethod"}, None, "f", random=False)
    cases = [
        Case(step, {}, {"text": text, "number": number}, right=number, given=None, wrong=text == texts[0])
        for text, number in itertools.product(texts, (1.5, 0.5, -2.5))
    ]
    return [condition.where for condition in conditions(cases, Signature())]


def test_a_text_that_chooses():
    assert told(["SAME", "VALID"])[0] == "`text` is 'SAME'"


def test_a_text_that_may_be_any():
    assert told(["a", "b", "c", "d", "e", "f"]) == []


def test_a_share_is_not_counted_among_questions_that_are_made_of_wrong_answers():
    """A quarter of the answers for SAME is wrong; of the questions made of these, all are."""
    step = Step({"do": "CallMethod"}, None, "f", random=False)
    cases = [
        Case(step, {}, {"text": text}, 1.5, None, wrong, is_variation=variation)
        for text, wrong, variation, count in (
            ("VALID", False, False, 30),
            ("SAME", False, False, 3),
            ("SAME", True, False, 1),
            ("SAME", True, True, 60),
        )
        for _ in range(count)
    ]
    assert list(conditions(cases, Signature())) == []
    asked = [replace(case, is_variation=False) for case in cases]
    assert next(conditions(asked, Signature())).is_exact
