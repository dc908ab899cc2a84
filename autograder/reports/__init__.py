"""Pages and files made of the records: for the instructor the class, for each learner their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograder.course import Course
from autograder.record import Record, read_record, record_path, write_whole
from autograder.reports.duplicates import Duplicate
from autograder.reports.junit import junit_xml
from autograder.reports.pages import class_page, learner_page
from autograder.reports.summary import Summary, summary_markdown

FOLDER = "report"


class NoRecords(Exception):
    """There is nothing to report on; the text says where it was looked for."""


def write_reports(results: Path, course: Course, duplicates: Sequence[Duplicate] = ()) -> list[Path]:
    """Write all reports below `results/report`, and return the instructor's: page, Markdown, JUnit XML.

    One record is in memory at a time; of each, only what the class page needs stays.

    Args:
        results: what `grade` has written.
        course: what was graded.
        duplicates: submissions that are alike, to be listed.

    Raises:
        NoRecords: where there are no records.
        OSError: where the folder cannot be written to.
    """
    files = sorted((results / "records").glob("*.json"))
    if not files:
        raise NoRecords(f"no records in {results / 'records'}: run autograder grade first")
    summary = Summary(course, duplicates)
    for file in files:
        record = read_record(file)
        if record is None:
            summary.unreadable.append(file.name)
            continue
        page = learner_path(results, record)
        summary.add(record, page.relative_to(results / FOLDER).as_posix())
        write_whole(page, learner_page(course, record))
    made = {
        "index.html": class_page(course, summary),
        "class.md": summary_markdown(course, summary),
        "junit.xml": junit_xml(course, (found for file in files if (found := read_record(file)))),
    }
    for name, text in made.items():
        write_whole(results / FOLDER / name, text)
    return [results / FOLDER / name for name in made]


def learner_path(results: Path, record: Record) -> Path:
    """Return the file of a learner's page."""
    return results / FOLDER / "learners" / f"{record_path(results, record.learner).stem}.html"
