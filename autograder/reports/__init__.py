"""Reports made from the records: a page of the class for the instructor, a page for each learner.

`summary` computes, `pages` writes, `charts` and `drawing` draw, `duplicates` finds submissions with similar code,
by the `fingerprints` of their modules.
"""

from __future__ import annotations

from pathlib import Path

from autograder.course import Course
from autograder.files import write_whole
from autograder.records import Record, record_path
from autograder.records.adjustments import read_adjusted
from autograder.reports.drawing import read_drawings
from autograder.reports.duplicates import Comparison
from autograder.reports.pages import class_page, learner_page
from autograder.reports.summary import Summary, summary_markdown

FOLDER = "report"


def write_reports(
    results: Path, folder: Path, course: Course, comparison: Comparison | None = None
) -> list[Path]:
    """Write all reports to `results/report`, and return the paths of the class page and its Markdown version.

    Only one record is in memory at a time; what the class page needs is kept.

    Args:
        results: the results folder of `grade`.
        folder: the course folder, which may have drawings.
        course: the graded course.
        comparison: the comparison of the submissions' code, if any.

    Raises:
        NoRecords: if there are no records.
        BadAdjustments: if the adjustments cannot be applied.
        OSError: if the folder cannot be written to.
    """
    records = read_adjusted(results, course)
    summary = Summary(course, comparison or Comparison())
    drawings = read_drawings(folder, course.names)
    out = results / FOLDER
    for file, record in records:
        if record is None:
            summary.unreadable.append(file.name)
            continue
        page = learner_path(results, record)
        summary.add(record, page.relative_to(out).as_posix())
        write_whole(page, learner_page(course, record, drawings))
    write_whole(out / "index.html", class_page(course, summary))
    write_whole(out / "class.md", summary_markdown(course, summary))
    return [out / name for name in ("index.html", "class.md")]


def learner_path(results: Path, record: Record) -> Path:
    """Return the file of a learner's page."""
    return results / FOLDER / "learners" / f"{record_path(results, record.learner).stem}.html"
