"""Pages and files made of the records: for the instructor the class, for each learner their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograder.adjustments import read_adjusted
from autograder.course import Course
from autograder.record import Record, record_path, whole_file, write_whole
from autograder.reports.duplicates import Duplicate
from autograder.reports.junit import JUnit
from autograder.reports.pages import class_page, learner_page
from autograder.reports.summary import Summary, summary_markdown

FOLDER = "report"


def write_reports(results: Path, course: Course, duplicates: Sequence[Duplicate] = ()) -> list[Path]:
    """Write all reports below `results/report`, and return the instructor's: page, Markdown, JUnit XML.

    One record is in memory at a time; of each, only what the class page needs stays.

    Args:
        results: what `grade` has written.
        course: what was graded.
        duplicates: submissions that are alike, to be listed.

    Raises:
        NoRecords: where there are no records.
        BadAdjustments: where the changes by hand cannot be applied.
        OSError: where the folder cannot be written to.
    """
    records = read_adjusted(results, course)
    summary = Summary(course, duplicates)
    folder = results / FOLDER
    with whole_file(folder / "junit.xml") as opened:
        junit = JUnit(course, opened)
        for file, record in records:
            if record is None:
                summary.unreadable.append(file.name)
                continue
            page = learner_path(results, record)
            summary.add(record, page.relative_to(folder).as_posix())
            junit.add(record)
            write_whole(page, learner_page(course, record))
        junit.close()
    write_whole(folder / "index.html", class_page(course, summary))
    write_whole(folder / "class.md", summary_markdown(course, summary))
    return [folder / name for name in ("index.html", "class.md", "junit.xml")]


def learner_path(results: Path, record: Record) -> Path:
    """Return the file of a learner's page."""
    return results / FOLDER / "learners" / f"{record_path(results, record.learner).stem}.html"
