"""Pages and Markdown from records; what a submission said is text in all of them."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
import pytest

from autograder.course import read_course
from autograder.protocol.failure import Failure, Location, Outcome, ShownCall, Value
from autograder.records import GradedExercise, GradedTest, Record, write_record
from autograder.records.adjustments import NoRecords
from autograder.reports import write_reports
from autograder.reports.charts import spread
from autograder.suite.explain import histogram
from tests.autograder.tiny import write_course

HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


def a_test(name: str, outcome: Outcome = Outcome.PASSED, **failure) -> GradedTest:
    idea = f"the idea of {name}"
    found = None
    if outcome is not Outcome.PASSED:
        found = Failure(outcome, idea, edit=Location("doubling.py", 6, "double"), **failure)
    return GradedTest(id=f"test_doubling.py::{name}", idea=idea, weight=1, failure=found)


def a_record(learner: str, earned: float, *tests: GradedTest, **changes) -> Record:
    exercises = [
        GradedExercise(name="doubling", points=10, earned=earned, tests=list(tests)),
        GradedExercise(name="tallies", points=6, earned=0, tests=[a_test("adds", Outcome.UNWRITTEN)]),
    ]
    graded = datetime(2027, 1, 1, tzinfo=timezone.utc)
    record = Record(learner=learner, submission="s", graded=graded, exercises=exercises, sandbox="namespaces")
    return replace(record, **changes)


CALL = ShownCall("doubling.double", "double", (Value("[3]", [3]),), answer=Value("[9]", [9]), outcome="[9]")
SQUARED = {"calls": (CALL,), "mistakes": ("You squared.",)}
RECORDS = [
    a_record("ann", 10, a_test("double"), a_test("half")),
    a_record("bob", 5, a_test("double", Outcome.WRONG, **SQUARED), a_test("half")),
    a_record("cid", 2, a_test("double", Outcome.WRONG, **SQUARED), a_test("half", Outcome.WRONG, **SQUARED)),
    a_record(
        HOSTILE,
        0,
        a_test("double", Outcome.WRONG, calls=(ShownCall(HOSTILE, outcome=HOSTILE),), expected="a secret"),
        a_test("half", Outcome.UNUSABLE, reason=f"stopped: {HOSTILE}\x1b[2J\x00"),
        notes=[HOSTILE],
    ),
    a_record("zoe", 0, problem="zoe.zip is not a zip file", exercises=[]),
]


@pytest.fixture(scope="module")
def report(course, tmp_path_factory) -> Path:
    """The reports of a class."""
    results = tmp_path_factory.mktemp("results")
    for record in RECORDS:
        write_record(results, record)
    (results / "records" / "half.json").write_text('{"learner": "ha')
    write_reports(results, course, read_course(course))
    return results / "report"


def page_of(report: Path, learner: str) -> str:
    (page,) = (path for path in (report / "learners").iterdir() if path.stem.startswith(learner))
    return page.read_text(encoding="utf-8")


def test_the_class_page_tells_of_the_class(report):
    page = (report / "index.html").read_text(encoding="utf-8")
    assert "5 submissions, median 22%" in page
    assert "half.json" in page
    assert "zoe.zip is not a zip file" in page
    assert re.search(r"You squared\.</td><td class=\"number\">2</td>", page)
    assert re.search(r"the idea of double</td><td class=\"number\">3 of 4</td>", page)


def test_a_learners_page_tells_each_reason_once(report):
    page = page_of(report, "cid")
    assert page.count("You squared.") == 1
    assert page.count("These tests fail for the same reason") == 1
    assert "<li>the idea of half</li>" in page
    assert "doubling.double([3])" in page
    assert "Not written yet." in page


def test_a_learners_page_shows_what_the_course_discloses(report):
    page = page_of(report, "img")
    assert "came back" in page
    assert "a secret" not in page


DRAWING = """
from markupsafe import Markup
from helper import words

def draw(failure):
    (numbers,) = failure.calls[-1].arguments
    return Markup(f"<svg>{words} {numbers.data}</svg>") if failure.expected == "" else None
"""


def test_a_courses_drawing_of_a_call_is_on_the_learners_page(tmp_path):
    course = write_course(tmp_path / "course")
    drawings = course / "tests" / "drawings"
    drawings.mkdir()
    (drawings / "doubling.py").write_text(DRAWING)
    (drawings / "helper.py").write_text("words = 'a picture of'\n")
    results = tmp_path / "results"
    # What a course does not disclose is not given to its drawing either.
    wrong = a_test("double", Outcome.WRONG, calls=(CALL,), expected="a secret")
    for learner, test in (("bob", wrong), ("cid", a_test("half"))):
        write_record(results, a_record(learner, 0, test))
    write_reports(results, course, read_course(course))
    assert "<figure><svg>a picture of [3]</svg></figure>" in page_of(results / "report", "bob")
    assert "<figure>" not in page_of(results / "report", "cid")


def test_without_drawings_the_call_is_told_in_words(report):
    page = page_of(report, "bob")
    assert "<figure>" not in page
    assert "came back:  [9]" in page


def test_every_page_is_one_file_that_needs_no_network(report):
    pages = [*report.glob("*.html"), *report.glob("learners/*.html")]
    assert len(pages) == 1 + len(RECORDS)
    for page in pages:
        text = page.read_text(encoding="utf-8")
        links = set(re.findall(r'(?:src|href)="([^"]*)"', text))
        assert all(link == "data:," or (page.parent / link).is_file() for link in links)
        assert "default-src 'none'" in text
        assert HOSTILE not in text


def test_markdown_holds_no_html(report):
    text = (report / "class.md").read_text(encoding="utf-8")
    assert "| bob | 5 | 50% | - |" in text
    assert "| doubling | You squared. | 2 |" in text
    assert "<img" not in text.replace("\\<img", "")


def test_no_records_are_one_line(course, autograder, tmp_path):
    finished = autograder(course, "report", tmp_path)
    assert finished.returncode == 2
    assert finished.stderr == f"autograder: no records in {tmp_path}/records: run autograder grade first\n"
    with pytest.raises(NoRecords):
        write_reports(tmp_path, course, read_course(course))


def test_random_numbers_are_drawn_by_their_distribution():
    numbers = np.random.default_rng(1).normal(size=5000)
    found = histogram(numbers)
    assert sum(found.counts) == 5000
    assert np.argmax(found.counts) == pytest.approx(20, abs=4)
    drawn = spread(found)
    assert drawn.count("<rect") == len(found.counts)
    assert "your 5,000 numbers, from -3." in drawn
    assert histogram(numbers[:50]) is None
    assert histogram(np.full(5000, np.nan)) is None
    # Finite, and yet no 40 steps of a float fit between them.
    assert histogram(np.full(5000, 1e300)) is None
    assert histogram(np.array([-1e308, 1.7e308] * 2500)) is None
    assert histogram(np.array([0.0, 5e-324] * 2500)) is None
    assert histogram(None) is None


# In a browser.


@pytest.fixture
def browser(socket_enabled):
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        if "CI" in os.environ:
            pytest.fail(
                "chromium and chromedriver are missing: install the packages chromium, chromium-driver"
            )
        pytest.skip("needs the packages chromium and chromium-driver")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=400,800"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.binary_location = shutil.which("chromium")
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


def learners_shown(browser) -> list[str]:
    script = """
        const rows = [...document.querySelectorAll("#class tbody tr")];
        return rows.filter(row => row.checkVisibility()).map(row => row.querySelector("a").textContent);
    """
    return browser.execute_script(script)


def test_pages_load_without_an_error_and_run_nothing(browser, report):
    for page in [report / "index.html", *sorted((report / "learners").iterdir())]:
        browser.get(page.as_uri())
        assert browser.get_log("browser") == []
        assert browser.title.startswith("Two tiny exercises")
        # On a phone nothing but the tables is wider than the screen.
        assert browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")


def test_the_class_can_be_sorted_and_searched(browser, report):
    browser.get((report / "index.html").as_uri())
    assert set(learners_shown(browser)) == {record.learner for record in RECORDS}
    points = browser.find_element("css selector", "#class thead tr th:nth-child(2) [role=button]")
    points.click()
    assert learners_shown(browser)[-3:] == ["cid", "bob", "ann"]
    points.send_keys("\n")
    assert learners_shown(browser)[:3] == ["ann", "bob", "cid"]
    browser.find_element("id", "search").send_keys("ZIP FILE")
    assert learners_shown(browser) == ["zoe"]
    assert browser.find_element("id", "count").text == "1 of 5"
    browser.find_element("css selector", "#class tbody tr:not([hidden]) a").click()
    assert "zoe.zip is not a zip file" in browser.find_element("tag name", "body").text


def test_of_a_large_class_the_first_are_shown_and_all_are_found(browser, course, tmp_path):
    for number in range(230):
        notes = ["to be looked at"] if number < 60 else []
        record = a_record(f"learner{number:03}", number % 11, a_test("double"), notes=notes)
        write_record(tmp_path, record)
    write_reports(tmp_path, course, read_course(course))
    page = (tmp_path / "report" / "index.html").as_uri()
    browser.get(page)
    assert browser.get_log("browser") == []
    assert learners_shown(browser) == [f"learner{number:03}" for number in range(200)]
    count, search = browser.find_element("id", "count"), browser.find_element("id", "search")
    assert count.text == "the first 200 of 230"
    points = browser.find_element("css selector", "#class thead tr th:nth-child(2) [role=button]")
    points.click()
    points.click()
    best = [f"learner{number:03}" for number in range(230) if number % 11 == 10]
    assert sorted(learners_shown(browser)[: len(best)]) == best
    search.send_keys("learner229")
    assert learners_shown(browser) == ["learner229"]
    assert count.text == "1 of 230"
    search.clear()
    search.send_keys("l")
    browser.find_element("css selector", "#rest button").click()
    assert len(learners_shown(browser)) == 230
    # Of those to be looked at, the first are at the top of the page, the rest folded.
    assert browser.find_element("css selector", "details summary").text == "and 10 more"
    assert len(browser.find_elements("css selector", "details tbody tr")) == 10
    # Without scripts, and on paper, all are there.
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(page)
    assert len(learners_shown(browser)) == 230
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    browser.get(page)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert len(learners_shown(browser)) == 230
