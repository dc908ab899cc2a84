"""Every exercise of the course has enough known mistakes and other right answers."""

from __future__ import annotations

import pytest

from autograder.course import read_course
from autograder.course.variants import read_variants
from tests.autograder.tiny import KIT


@pytest.mark.parametrize("exercise", read_course(KIT).names)
def test_enough_mistakes_and_alternatives(exercise):
    assert len(read_variants(KIT, "mistakes", exercise)) >= 12
    assert len(read_variants(KIT, "alternatives", exercise)) >= 4
