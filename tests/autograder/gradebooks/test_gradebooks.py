"""Gradebook files for Canvas and Moodle: who gets which grade, what comes back as it was, what is told."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest

from autograder import UserError
from autograder.course import read_course
from autograder.gradebooks import FilledRoster, RosterError, write_gradebook
from autograder.records import GradedExercise, Record, write_record
from autograder.spreadsheet import TableError, read_table
from tests.autograder.tiny import DOUBLING, TALLIES

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Padding (77),Doubling and tallies (78),\
Current Score,Final Score (2027)
,,,,,,Manual Posting,,
    Points Possible,,,,,5,16,(read only),(read only)
"Bee, Ann",1001,s1,ann@school.edu,One,4,,80,40
"Bee, Bob",1002,s2,bob@school.edu,One,,,,
"Sea, Cid",1003,s3,cid@school.edu,Two,,,,
"Student, Test",1009,,0a1b,One,,,,
"""

MOODLE = """\
Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed",\
"Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 1001","Ann Bee",ann@school.edu,"Submitted for grading",,16.00,Yes,\
"Friday, 1 January 2027, 9:00 AM",-,
"Participant 1002","Bob Bee",bob@school.edu,"Submitted for grading",,16.00,Yes,\
"Friday, 1 January 2027, 9:01 AM",-,
"Participant 1003","Cid Sea",cid@school.edu,"No submission",3.50,16.00,Yes,-,\
"Friday, 1 January 2027, 9:02 AM","= as we said"
"""


def a_record(learner: str, doubling: float = 10.0, tallies: float = 6.0, **changes) -> Record:
    """A record of an exercise with 10 points and one with 6."""
    exercises = [
        GradedExercise(name="doubling", points=10, earned=doubling, tests=[]),
        GradedExercise(name="tallies", points=6, earned=tallies, tests=[]),
    ]
    graded = datetime(2027, 1, 1, tzinfo=timezone.utc)
    return Record(learner=learner, submission="s", graded=graded, exercises=exercises, **changes)


@pytest.fixture
def written(course, tmp_path):
    """Write records and a roster, then the gradebook; return what came back, and which grades are missing."""

    def write(
        system: str, roster: str | bytes, records: list[Record], column: str = ""
    ) -> tuple[list[dict[str, str]], FilledRoster]:
        for record in records:
            write_record(tmp_path / "results", record)
        (tmp_path / "roster.csv").write_bytes(roster.encode() if isinstance(roster, str) else roster)
        done = write_gradebook(
            system,
            tmp_path / "results",
            read_course(course),
            tmp_path / "roster.csv",
            tmp_path / "out.csv",
            column,
        )
        return rows(tmp_path / "out.csv"), done

    return write


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


EVERYBODY = [a_record("Ann Bee (1001)"), a_record("Bob Bee (1002)", 4.5), a_record("Cid Sea (1003)", 0, 0)]
ASSIGNMENT = "Doubling and tallies (78)"


# From submissions to the file.


def test_canvas_from_submissions_to_the_file(course, autograder, tmp_path):
    submissions = tmp_path / "submissions"
    for name in ("beeann_1001_55_doubling.py", "beebob_LATE_1002_56_doubling-1.py"):
        submissions.mkdir(exist_ok=True)
        (submissions / name).write_text(DOUBLING)
    (submissions / "beeann_1001_57_tallies.py").write_text(TALLIES)
    (tmp_path / "roster.csv").write_text(CANVAS)
    results, out = tmp_path / "results", tmp_path / "new" / "out.csv"
    assert autograder(course, "grade", submissions, "--out", results).returncode == 0
    options = ("--roster", tmp_path / "roster.csv", "--out", out, "--column", "Doubling and tallies")
    finished = autograder(course, "gradebook", "canvas", results, *options)
    assert finished.stdout == f"2 grades for 4 people are in {out}\n"
    assert finished.stderr == "Sea, Cid (1003): in the roster, but without a record\n"
    assert finished.returncode == 1
    assert out.read_text() == (
        "Student,ID,SIS User ID,SIS Login ID,Section,Doubling and tallies (78)\n"
        "    Points Possible,,,,,16\n"
        '"Bee, Ann",1001,s1,ann@school.edu,One,16\n'
        '"Bee, Bob",1002,s2,bob@school.edu,One,10\n'
        '"Sea, Cid",1003,s3,cid@school.edu,Two,\n'
        '"Student, Test",1009,,0a1b,One,\n'
    )


def test_moodle_from_submissions_to_the_file(course, autograder, tmp_path):
    for number, name in ((1001, "Ann Bee"), (1002, "Bob Bee"), (1003, "Cid Sea")):
        folder = tmp_path / "submissions" / f"{name}_{number}_assignsubmission_file_"
        folder.mkdir(parents=True)
        (folder / "doubling.py").write_text(DOUBLING)
        (folder / "tallies.py").write_text(TALLIES)
    (tmp_path / "roster.csv").write_text(MOODLE)
    results, out = tmp_path / "results", tmp_path / "out.csv"
    assert autograder(course, "grade", tmp_path / "submissions", "--out", results).returncode == 0
    options = ("--roster", tmp_path / "roster.csv", "--out", out)
    finished = autograder(course, "gradebook", "moodle", results, *options)
    assert (finished.returncode, finished.stderr) == (0, "")
    given, back = rows(tmp_path / "roster.csv"), rows(out)
    told = "16 of 16 points;\ndoubling: 10 of 10;\ntallies: 6 of 6"
    assert back == [{**row, "Grade": "16", "Feedback comments": told} for row in given]
    assert list(back[0]) == list(given[0])


# Who is who.


def test_the_number_decides_between_two_of_one_name(written):
    roster = MOODLE.replace("Bob Bee", "Ann Bee")
    back, done = written("moodle", roster, [a_record("Ann Bee (1002)"), a_record("Ann Bee (1001)", 1)])
    assert [row["Grade"] for row in back] == ["7", "16", "3.50"]
    assert done.missing == ["Cid Sea (Participant 1003): in the roster, but without a record"]


@pytest.mark.parametrize(
    "learner",
    ["bob@school.edu", "s2", "1002", "Bee, Bob", "Bob Bee", "bob@school.edu (5)", "Bob Bee (5)"],
)
def test_without_a_number_of_the_roster_an_exact_name_decides(written, learner):
    back, done = written("canvas", CANVAS, [a_record(learner)], ASSIGNMENT)
    assert [row[ASSIGNMENT] for row in back] == ["16", "", "16", "", ""]
    assert len(done.missing) == 2


@pytest.mark.parametrize("learner", ["bob", "bee, bob", "Bob  Bee", "Bob", "2", "Bob Bee (1002) (3)"])
def test_nobody_gets_a_grade_by_a_likeness(written, learner):
    back, done = written("canvas", CANVAS, [a_record(learner)], ASSIGNMENT)
    assert not any(row[ASSIGNMENT] for row in back[1:])
    assert done.missing[0] == f"{learner}: not in the roster, no grade is written"


def test_a_name_that_two_have_is_nobodys(written):
    back, done = written("moodle", MOODLE.replace("Bob Bee", "Ann Bee"), [a_record("Ann Bee")])
    assert [row["Grade"] for row in back] == ["", "", "3.50"]
    assert done.missing == [
        "Ann Bee: is it Ann Bee (Participant 1001) or Ann Bee (Participant 1002)? No grade is written",
        "Cid Sea (Participant 1003): in the roster, but without a record",
    ]


def test_a_number_that_the_name_contradicts_is_nobodys(written):
    """The second download of ann's file is called `ann (2)`, as if by number 2."""
    roster = CANVAS.replace("1002", "2").replace("ann@school.edu", "ann")
    back, done = written("canvas", roster, [a_record("ann (2)")], ASSIGNMENT)
    assert not any(row[ASSIGNMENT] for row in back[1:])
    assert done.missing[0] == "ann (2): is it Bee, Bob (2) or Bee, Ann (1001)? No grade is written"


def test_of_two_records_for_one_person_neither_is_taken_by_name(written):
    records = [a_record("bob@school.edu"), a_record("Bob Bee", 0)]
    back, done = written("moodle", MOODLE, records)
    assert back[1]["Grade"] == ""
    assert done.missing[:2] == [
        "Bob Bee: not the only record for Bob Bee (Participant 1002), its grade is not written",
        "bob@school.edu: not the only record for Bob Bee (Participant 1002), its grade is not written",
    ]


def test_of_two_records_for_one_person_the_number_is_taken(written):
    back, done = written("moodle", MOODLE, [a_record("Bob Bee"), a_record("B. Bee (1002)", 1)])
    assert back[1]["Grade"] == "7"
    assert done.missing[0].startswith("Bob Bee: not the only record")


def test_an_accent_may_be_a_sign_of_its_own(written):
    """As in the names that macOS gives to files."""
    back, _ = written("moodle", MOODLE.replace("Bob Bee", "Bob B\u00e9e"), [a_record("Bob Be\u0301e")])
    assert back[1]["Grade"] == "16"


def test_everybody_matched_is_told_nothing(written):
    _, done = written("canvas", CANVAS, EVERYBODY, ASSIGNMENT)
    assert done == FilledRoster(3, 4, [])


# Which grade.


def test_grades_are_scaled_to_what_the_system_has(written):
    records = [a_record("1001"), a_record("1002", 9.05, 0), a_record("1003", 1, 0)]
    back, _ = written("canvas", CANVAS, records, "Padding")
    assert [row["Padding (77)"] for row in back] == ["5", "5", "2.83", "0.31", ""]


def test_each_learner_has_moodles_own_maximum(written):
    roster = MOODLE.replace("16.00", '"100,00"', 1)
    back, _ = written("moodle", roster, EVERYBODY)
    assert [row["Grade"] for row in back] == ["100", "10.5", "0"]


def test_the_late_rule_is_in_the_grade_and_in_the_comment(written):
    back, _ = written("moodle", MOODLE, [a_record("Ann Bee (1001)", 9.05, late_penalty=0.1)])
    assert back[0]["Grade"] == "13.55"
    assert back[0]["Feedback comments"].splitlines() == [
        "13.55 of 16 points, late: 10% off;",
        "doubling: 9.05 of 10;",
        "tallies: 6 of 6",
    ]


@pytest.mark.parametrize(("system", "column"), [("canvas", "Padding"), ("moodle", "")])
def test_what_could_not_be_graded_changes_no_cell(written, system, column):
    roster = CANVAS if system == "canvas" else MOODLE.replace('2027, 9:00 AM",-,', '2027, 9:00 AM",-,kept')
    broken = replace(a_record("Ann Bee (1001)", problem="a.zip is not a zip file"), exercises=[])
    back, done = written(system, roster, [broken, *EVERYBODY[1:]], column)
    ann = next(row for row in back if "Ann" in "".join(row.values()))
    assert ann["Padding (77)" if system == "canvas" else "Feedback comments"] in ("4", "kept")
    assert ann.get("Grade", "") == ""
    assert done.missing == [
        "Ann Bee (1001): could not be graded (a.zip is not a zip file), no grade is written"
    ]


def test_who_is_excused_in_canvas_stays_so(written):
    back, done = written("canvas", CANVAS.replace("One,4,,", "One,4,EX,"), EVERYBODY, ASSIGNMENT)
    assert back[1][ASSIGNMENT] == "EX"
    assert done.missing == ["Ann Bee (1001): excused in Canvas (EX), no grade is written"]


def test_what_is_locked_in_moodle_stays_so(written):
    back, done = written("moodle", MOODLE.replace(",Yes,-,", ",No,-,"), EVERYBODY)
    assert (back[2]["Grade"], back[2]["Feedback comments"]) == ("3.50", "= as we said")
    assert done.missing == ["Cid Sea (1003): locked in Moodle, no grade is written"]


def test_a_record_without_points_has_no_grade(written):
    empty = replace(a_record("1001"), exercises=[])
    back, done = written("canvas", CANVAS, [empty, *EVERYBODY[1:]], ASSIGNMENT)
    assert back[1][ASSIGNMENT] == ""
    assert "1001: no points possible, no grade is written" in done.missing


def test_a_broken_record_is_told(written, tmp_path):
    (tmp_path / "results" / "records").mkdir(parents=True)
    (tmp_path / "results" / "records" / "half.json").write_text('{"learner": "ha')
    _, done = written("canvas", CANVAS, EVERYBODY, ASSIGNMENT)
    assert done.missing == ["half.json: cannot be read, no grade is written: run autograder grade again"]


def test_points_set_by_hand_are_in_the_grade(written, tmp_path):
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "adjustments.csv").write_text(
        "learner,exercise,points,reason\nBob Bee (1002),doubling,9.5,a slip\n"
    )
    back, _ = written("moodle", MOODLE, EVERYBODY)
    assert back[1]["Grade"] == "15.5"
    assert "doubling: 9.5 of 10" in back[1]["Feedback comments"]


# What comes back.


def test_names_are_no_formulas_and_what_the_system_reads_stays(written):
    roster = MOODLE.replace('"Bob Bee"', '"=HYPERLINK(1)"').replace("No submission", "@SUM(A1)")
    back, _ = written("moodle", roster, [a_record("=HYPERLINK(1) (1002)")])
    assert back[1]["Full name"] == "'=HYPERLINK(1)"
    assert back[1]["Grade"] == "16"
    assert back[2]["Status"] == "'@SUM(A1)"
    # A lone dash is no formula, and a comment that came from Moodle goes back to it unchanged.
    assert back[2]["Last modified (submission)"] == "-"
    assert back[2]["Feedback comments"] == "= as we said"


def test_names_in_canvas_are_no_formulas(written):
    back, _ = written("canvas", CANVAS.replace("Sea, Cid", "=1+1"), EVERYBODY, ASSIGNMENT)
    assert back[3]["Student"] == "'=1+1"
    assert back[3]["ID"] == "1003"


def test_other_columns_about_people_stay_in_their_order(written):
    """A course that several institutions share, with the names in two columns."""
    roster = (
        "LastName,FirstName,ID,SIS User ID,SIS Login ID,Integration ID,Root Account,Section,Notes,Work (78)\n"
        "    Points Possible,,,,,,,,,16\n"
        "Bee,Ann,1001,s1,ann,i1,here.edu,One,tall,\n"
    )
    back, done = written("canvas", roster, [a_record("Ann Bee")])
    assert list(back[1].values()) == ["Bee", "Ann", "1001", "s1", "ann", "i1", "here.edu", "One", "16"]
    assert done.missing == []


ENCODED = [
    ("utf-8", b"", ","),
    ("utf-8", codecs.BOM_UTF8, ","),
    ("utf-16-le", codecs.BOM_UTF16_LE, "\t"),
    ("utf-16-be", codecs.BOM_UTF16_BE, ";"),
    ("utf-16-le", b"", ","),
    ("cp1252", b"", ";"),
]


@pytest.mark.parametrize(("encoding", "mark", "delimiter"), ENCODED)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_any_encoding_and_delimiter_is_read(course, written, tmp_path, encoding, mark, delimiter, line_end):
    roster = io.StringIO(newline="")
    table = csv.reader(io.StringIO(MOODLE.replace("Bob Bee", "Bób, B;ee"), newline=""))
    csv.writer(roster, delimiter=delimiter, lineterminator=line_end).writerows(table)
    written("moodle", mark + roster.getvalue().encode(encoding), [a_record("Bób, B;ee")])
    back = (tmp_path / "out.csv").read_bytes()
    assert back.startswith(codecs.BOM_UTF8) == bool(mark)
    assert rows(tmp_path / "out.csv", delimiter)[1] == {
        **next(row for row in csv.DictReader(io.StringIO(MOODLE)) if row["Identifier"] == "Participant 1002"),
        "Full name": "Bób, B;ee",
        "Grade": "16",
        "Feedback comments": "16 of 16 points;\ndoubling: 10 of 10;\ntallies: 6 of 6",
    }


def test_canvas_gets_no_byte_order_mark_and_no_tabs(written, tmp_path):
    roster = codecs.BOM_UTF16_LE + CANVAS.replace(", ", "# ").replace(",", "\t").replace("# ", ", ").encode(
        "utf-16-le"
    )
    written("canvas", roster, EVERYBODY, ASSIGNMENT)
    assert (tmp_path / "out.csv").read_bytes().startswith(b"Student,ID,SIS User ID,")


def test_a_roster_with_semicolons_stays_so(written, tmp_path):
    roster = CANVAS.replace(", ", "# ").replace(",", ";").replace("# ", ", ").replace(";16;", ';"16,00";')
    written("canvas", roster, EVERYBODY, ASSIGNMENT)
    assert [row[ASSIGNMENT] for row in rows(tmp_path / "out.csv", ";")] == ["16,00", "16", "10.5", "0", ""]


# A wrong call.


BAD_CANVAS = [
    ("Student,ID\nann,1\n", "", "not a Canvas gradebook: no column SIS Login ID, Section"),
    (MOODLE, "", "not a Canvas gradebook: no column Student, ID, SIS Login ID, Section"),
    (CANVAS.replace("    Points Possible", ""), "", "no line 'Points Possible'"),
    (CANVAS.replace("(77)", "").replace("(78)", ""), "", "it has no assignment, such as"),
    (CANVAS, "", "it has 2 assignments, choose one with --column: Padding (77), Doubling and tallies (78)"),
    (
        CANVAS,
        "Pad",
        "--column 'Pad' matches no assignment: Padding (77), Doubling and tallies (78)",
    ),
    (CANVAS, "Final Score", "--column 'Final Score' matches no assignment"),
    (
        CANVAS.replace("Doubling and tallies", "Padding"),
        "Padding",
        "--column 'Padding' matches several assignments: Padding (77), Padding (78)",
    ),
    (CANVAS.replace(",5,16,", ",,16,"), "Padding", "line 3: 'Padding (77)' must have points, not ''"),
    (CANVAS.replace(",5,16,", ",0,16,"), "Padding", "line 3: 'Padding (77)' must have points, not '0'"),
    ("".join(CANVAS.splitlines(keepends=True)[:3]), ASSIGNMENT, "it has no students"),
    (
        CANVAS.replace("One,4,,80,40", "One,4,,80,40,x"),
        ASSIGNMENT,
        "line 4: 10 cells, but the first line has 9",
    ),
    ("", "", "the file is empty"),
    (b"PK\3\4\0\0\xff\x81", "", "not a text file"),
    ("Student,ID\n" + "x" * 2**25, "", "not a CSV file"),
]


@pytest.mark.parametrize(("roster", "column", "text"), BAD_CANVAS)
def test_a_bad_export_of_canvas_is_one_line(written, tmp_path, roster, column, text):
    with pytest.raises(UserError) as raised:
        written("canvas", roster, EVERYBODY, column)
    assert str(raised.value).startswith(f"{tmp_path}/roster.csv")
    assert text in str(raised.value)
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "out.csv").exists()


def test_the_number_tells_two_assignments_of_one_name_apart(written):
    roster = CANVAS.replace("Doubling and tallies", "Padding")
    back, _ = written("canvas", roster, EVERYBODY, "Padding (78)")
    assert back[1]["Padding (78)"] == "16"


def test_the_only_assignment_needs_no_name(written):
    back, _ = written("canvas", CANVAS.replace("Padding (77)", "Notes"), EVERYBODY)
    assert back[1][ASSIGNMENT] == "16"


BAD_MOODLE = [
    (CANVAS, "", "no column Identifier, Grade, Feedback comments, Last modified (grade), Maximum Grade"),
    (MOODLE.replace('"Feedback comments"', "Other"), "", "no column Feedback comments;"),
    (MOODLE.replace("16.00", "-", 1), "", "line 2: Maximum Grade must be a number above 0, not '-'"),
    (MOODLE, "Padding", "--column is for Canvas: a Moodle worksheet has one assignment"),
    (MOODLE.splitlines()[0], "", "it has no students"),
]


@pytest.mark.parametrize(("roster", "column", "text"), BAD_MOODLE)
def test_a_bad_worksheet_of_moodle_is_one_line(written, roster, column, text):
    with pytest.raises(RosterError) as raised:
        written("moodle", roster, EVERYBODY, column)
    assert text in str(raised.value)
    assert "\n" not in str(raised.value)


def test_anonymous_submissions_have_numbers_alone(written):
    table = list(csv.reader(io.StringIO(MOODLE)))
    roster = io.StringIO(newline="")
    csv.writer(roster).writerows([row[:1] + row[3:] for row in table])
    back, done = written("moodle", roster.getvalue(), [a_record("Participant 1002 (1002)")])
    assert back[1]["Grade"] == "16"
    assert done.missing[0] == "Participant 1001: in the roster, but without a record"


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("blackboard", "records"), "unknown system 'blackboard'; choose from canvas, moodle"),
        (("moodle", "records", "--roster", "nowhere.csv"), "nowhere.csv: No such file or directory"),
        (
            ("moodle", "records", "--roster", "canvas.csv"),
            "canvas.csv: not a Moodle grading worksheet: no column",
        ),
        (("moodle", "nothing"), "no records in nothing/records: run autograder grade first"),
        (("moodle", "records", "--out", "records"), "autograder: records: Is a directory"),
    ],
)
def test_a_wrong_call_is_one_line(course, autograder, tmp_path, arguments, text):
    write_record(tmp_path / "records", a_record("ann"))
    (tmp_path / "canvas.csv").write_text(CANVAS)
    (tmp_path / "moodle.csv").write_text(MOODLE)
    (tmp_path / "grading.toml").write_text((course / "grading.toml").read_text())
    (tmp_path / "solutions").symlink_to(course / "solutions")
    options = ("--roster", "moodle.csv", "--out", "out.csv")
    finished = autograder(tmp_path, "gradebook", *options, *arguments)
    assert finished.returncode == 2
    assert text in finished.stderr
    assert len(finished.stderr.strip().splitlines()) == 1


def test_what_is_told_is_one_printable_line_each(course, autograder, tmp_path):
    write_record(tmp_path / "results", a_record("[red]ann\n\x1b[2J"))
    (tmp_path / "roster.csv").write_text(MOODLE)
    options = ("--roster", tmp_path / "roster.csv", "--out", tmp_path / "out.csv")
    finished = autograder(course, "gradebook", "moodle", tmp_path / "results", *options)
    assert finished.returncode == 1
    assert finished.stderr.splitlines()[0] == r"[red]ann\n\x1b[2J: not in the roster, no grade is written"
    assert len(finished.stderr.splitlines()) == 4


def test_a_line_that_a_spreadsheet_has_shortened_or_emptied(tmp_path):
    (tmp_path / "table.csv").write_text('one,two,three\n"a\nb"\n\n,,\nc,d,e,,\n')
    lines = read_table(tmp_path / "table.csv").lines
    assert [(line.number, line.cells) for line in lines] == [(2, ["a\nb", "", ""]), (6, ["c", "d", "e"])]


def test_a_folder_is_no_table(tmp_path):
    with pytest.raises(TableError, match="Is a directory"):
        read_table(tmp_path)
