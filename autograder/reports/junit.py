"""The class as JUnit XML, which every CI understands: a suite a learner, a case a test."""

from __future__ import annotations

from io import TextIOBase
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from autograder.course import Course
from autograder.disclosure import disclosed
from autograder.record import GradedTest, Record


class JUnit:
    """Writes the results of one record after another; as much of a failure as the course discloses.

    Args:
        course: what was graded.
        file: is written to from the first record on, so that a class of any size takes no memory.
    """

    def __init__(self, course: Course, file: TextIOBase):
        self._disclosure = course.disclosure
        self._xml = XMLGenerator(file, "utf-8", short_empty_elements=True)
        self._xml.startDocument()
        self._begin("testsuites", name=course.title)

    def add(self, record: Record) -> None:
        """Write the results of a record."""
        tests = [test for exercise in record.exercises for test in exercise.tests]
        self._begin(
            "testsuite",
            name=record.learner,
            timestamp=record.graded.isoformat(timespec="seconds"),
            tests=str(len(tests)),
            failures=str(sum(test.outcome != "passed" for test in tests)),
            errors=str(int(bool(record.problem))),
            time=f"{record.seconds:.3f}",
        )
        if record.problem:
            self._begin("system-err")
            self._end("system-err", record.problem)
        for exercise in record.exercises:
            for test in exercise.tests:
                self._case(exercise.name, test)
        self._end("testsuite")

    def close(self) -> None:
        """Write the end."""
        self._end("testsuites")
        self._xml.endDocument()

    def _case(self, exercise: str, test: GradedTest) -> None:
        name = test.id.rpartition("::")[2]
        self._begin("testcase", classname=exercise, name=name, time=f"{test.seconds:.3f}")
        if test.outcome != "passed":
            self._begin("failure", message=test.idea, type=test.outcome)
            lines = disclosed(test.failure, self._disclosure).lines() if test.failure else []
            self._end("failure", "\n".join(lines))
        self._end("testcase")

    def _begin(self, tag: str, **attributes: str) -> None:
        cleaned = {name: _clean(text) for name, text in attributes.items()}
        self._xml.startElement(tag, AttributesImpl(cleaned))

    def _end(self, tag: str, text: str = "") -> None:
        if text:
            self._xml.characters(_clean(text))
        self._xml.endElement(tag)
        self._xml.ignorableWhitespace("\n")


def _clean(text: str) -> str:
    """Return a text without the signs that XML cannot hold."""
    return "".join(
        letter
        if letter in "\n\t"
        or (letter.isprintable() and letter <= "\ud7ff")
        or "\ue000" <= letter <= "\ufffd"
        or letter >= "\U00010000"
        else "?"
        for letter in text
    )
