"""The class as JUnit XML, which every CI understands: a suite a learner, a case a test."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from autograder.course import Course
from autograder.feedback_file import disclosed
from autograder.record import Record


def junit_xml(course: Course, records: Iterable[Record]) -> str:
    """Return the results of all records; as much of a failure is in it as the course discloses."""
    root = ElementTree.Element("testsuites", name=_clean(course.title))
    for record in records:
        tests = [test for exercise in record.exercises for test in exercise.tests]
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=_clean(record.learner),
            timestamp=record.graded.isoformat(timespec="seconds"),
            tests=str(len(tests)),
            failures=str(sum(test.outcome != "passed" for test in tests)),
            errors=str(int(bool(record.problem))),
            time=f"{record.seconds:.3f}",
        )
        if record.problem:
            ElementTree.SubElement(suite, "system-err").text = _clean(record.problem)
        for exercise in record.exercises:
            for test in exercise.tests:
                case = ElementTree.SubElement(
                    suite,
                    "testcase",
                    classname=exercise.name,
                    name=_clean(test.id.rpartition("::")[2]),
                    time=f"{test.seconds:.3f}",
                )
                if test.outcome == "passed":
                    continue
                failed = ElementTree.SubElement(case, "failure", message=_clean(test.idea), type=test.outcome)
                if test.failure:
                    failed.text = _clean("\n".join(disclosed(test.failure, course.disclosure).lines()))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


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
