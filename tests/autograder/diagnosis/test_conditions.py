"""Of a text that chooses a way to do a thing, a condition may tell which it is; of any other text it may not."""

from __future__ import annotations

import itertools

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
