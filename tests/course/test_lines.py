"""Answers are short: what a learner writes in the whole course."""

from __future__ import annotations

from autograder.course import read_course
from autograder.course.cut import BEGIN, END

MOST_LINES = 400


def answer_lines(source):
    """Return the lines between the solution marks, without comments and empty lines."""
    lines, inside = [], False
    for line in map(str.strip, source.splitlines()):
        inside = line == BEGIN or (inside and line != END)
        if inside and line and not line.startswith(("#", '"""')):
            lines.append(line)
    return lines


def test_a_learner_writes_at_most_400_lines(pytestconfig):
    folder = pytestconfig.rootpath
    counts = {
        name: len(answer_lines((folder / "solutions" / f"{name}.py").read_text(encoding="utf-8")))
        for name in read_course(folder).names
    }
    assert min(counts.values()) > 0
    assert sum(counts.values()) <= MOST_LINES, counts
