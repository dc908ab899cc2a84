"""A summary of the class for the instructor, collected record by record."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from autograder.course import Course
from autograder.protocol.failure import Outcome
from autograder.protocol.text import markdown
from autograder.records import GradedExercise, Record
from autograder.reports.duplicates import Comparison

_BINS = 10
# The number of hardest tests and commonest mistakes listed.
_MOST_LISTED = 20


@dataclass(frozen=True)
class LearnerRow:
    """One learner in the class table."""

    learner: str
    page: str
    earned: float
    points: float
    shares: tuple[tuple[str, float | None], ...]
    """The earned share of each exercise; None if it cannot be judged yet."""
    flag: str
    """Why an instructor should look at the submission; empty if nothing is unusual."""

    @property
    def share(self) -> float:
        """The share of all points, 0 to 1."""
        return self.earned / self.points if self.points else 0.0


@dataclass
class Summary:
    """The class so far: rows, and counts of failed tests and mistakes."""

    course: Course
    comparison: Comparison = field(default_factory=Comparison)
    rows: list[LearnerRow] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    sandboxes: Counter[str] = field(default_factory=Counter)
    _pages: dict[str, str] = field(default_factory=dict)
    _failed: Counter[tuple[str, str]] = field(default_factory=Counter)
    _judged: Counter[tuple[str, str]] = field(default_factory=Counter)
    _mistakes: dict[tuple[str, str], list[LearnerRow]] = field(default_factory=lambda: defaultdict(list))

    def add(self, record: Record, page: str) -> None:
        """Add a record.

        Args:
            record: the graded submission.
            page: the path of the learner's page, relative to the class page.
        """
        row = LearnerRow(
            record.learner,
            page,
            round(record.earned, 4),
            record.points,
            tuple((exercise.name, _share(exercise)) for exercise in record.exercises),
            record.flag,
        )
        self.rows.append(row)
        self._pages[record.learner] = page
        self.sandboxes[record.sandbox] += 1
        for exercise in record.exercises:
            if exercise.waiting or all(test.outcome is Outcome.UNUSABLE for test in exercise.tests):
                continue  # a missing module does not show how hard a test is
            for test in exercise.tests:
                self._judged[exercise.name, test.idea] += 1
                self._failed[exercise.name, test.idea] += test.failure is not None
            named = {mistake for test in exercise.tests if test.failure for mistake in test.failure.mistakes}
            for mistake in sorted(named):
                self._mistakes[exercise.name, mistake].append(row)

    @property
    def exercises(self) -> list[str]:
        """The graded exercises, in course order."""
        found = {name for row in self.rows for name, _ in row.shares}
        return [name for name in self.course.names if name in found]

    @property
    def graded(self) -> list[LearnerRow]:
        """The rows of learners who could be graded."""
        return [row for row in self.rows if row.points]

    @property
    def bins(self) -> list[int]:
        """The number of learners who earned up to 10 %, up to 20 % ... of the points."""
        counts = [0] * _BINS
        for row in self.graded:
            counts[min(int(row.share * _BINS), _BINS - 1)] += 1
        return counts

    @property
    def median(self) -> float:
        """The median share of the points."""
        return statistics.median(row.share for row in self.graded) if self.graded else 0.0

    @property
    def mean(self) -> float:
        """The mean share of the points."""
        return statistics.fmean(row.share for row in self.graded) if self.graded else 0.0

    @property
    def hardest(self) -> list[tuple[str, str, int, int]]:
        """The tests that most learners failed: exercise, idea, number failed, number judged."""
        listed = [
            (exercise, idea, failed, self._judged[exercise, idea])
            for (exercise, idea), failed in self._failed.items()
            if failed
        ]
        return sorted(listed, key=lambda row: (-row[2] / row[3], -row[3], row[0], row[1]))[:_MOST_LISTED]

    @property
    def mistakes(self) -> list[tuple[str, str, list[LearnerRow]]]:
        """The commonest mistakes: exercise, sentence for the learner, learners who made it."""
        listed = [(exercise, mistake, rows) for (exercise, mistake), rows in self._mistakes.items()]
        return sorted(listed, key=lambda row: (-len(row[2]), row[0], row[1]))[:_MOST_LISTED]

    def page(self, learner: str) -> str:
        """Return the path of a learner's page; empty if there is none."""
        return self._pages.get(learner, "")

    @property
    def flagged(self) -> list[LearnerRow]:
        """The submissions that need attention."""
        return [row for row in self.rows if row.flag]


def _share(exercise: GradedExercise) -> float | None:
    # An exercise that cannot be judged has points only if they were set by hand.
    if exercise.waiting and not exercise.earned:
        return None
    return exercise.earned / exercise.points if exercise.points else 0.0


def summary_markdown(course: Course, summary: Summary) -> str:
    """Return the class in Markdown: the table, the hardest tests, the commonest mistakes."""
    names = summary.exercises
    lines = [f"# {_cell(course.title)}", ""]
    lines += [f"{len(summary.rows)} submissions, median {summary.median:.0%}, mean {summary.mean:.0%}.", ""]
    lines += [f"| learner | points | {' | '.join(names)} |", "|---|---|" + "---|" * len(names)]
    for row in summary.rows:
        shares = dict(row.shares)
        cells = [f"{share:.0%}" if (share := shares.get(name)) is not None else "-" for name in names]
        lines.append(f"| {_cell(row.learner)} | {round(row.earned, 2):g} | {' | '.join(cells)} |")
    if summary.mistakes:
        lines += ["", "## Commonest mistakes", "", "| exercise | mistake | learners |", "|---|---|---|"]
        lines += [f"| {name} | {_cell(text)} | {len(rows)} |" for name, text, rows in summary.mistakes]
    if summary.hardest:
        lines += ["", "## Hardest tests", "", "| exercise | test | failed by |", "|---|---|---|"]
        lines += [
            f"| {name} | {_cell(idea)} | {failed} of {of} |" for name, idea, failed, of in summary.hardest
        ]
    if summary.flagged:
        lines += ["", "## Needs attention", "", "| learner | why |", "|---|---|"]
        lines += [f"| {_cell(row.learner)} | {_cell(row.flag)} |" for row in summary.flagged]
    compared = summary.comparison
    if compared.duplicates:
        lines += ["", "## Similar code", "", "| share | who | exercises |", "|---|---|---|"]
        lines += [
            f"| {one.share:.0%} | {', '.join(map(_cell, one.learners))} | {', '.join(one.exercises)} |"
            for one in compared.duplicates
        ]
        if compared.unlisted:
            lines += ["", f"{compared.unlisted} more are not listed."]
    if compared.left_out:
        lines += ["", "## Not compared", "", "| learner | exercise | why |", "|---|---|---|"]
        lines += [f"| {_cell(one.learner)} | {one.exercise} | {one.reason} |" for one in compared.left_out]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """Return an untrusted text as one table cell, with markup escaped."""
    return markdown(text[:300])
