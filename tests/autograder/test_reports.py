"""Pages, Markdown and JUnit XML from records; what a submission said is text in all of them."""

from __future__ import annotations

import os
import re
import shutil
from datetime import datetime, timezone
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from autograder.adjustments import NoRecords
from autograder.course import read_course
from autograder.feedback import Failure, histogram
from autograder.record import GradedExercise, GradedTest, Record, write_record
from autograder.reports import write_reports
from autograder.reports.charts import spread
from autograder.reports.pictures import picture

HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


def a_test(name: str, outcome: str, **failure) -> GradedTest:
    found = None
    if outcome != "passed":
        found = Failure(kind=outcome, idea=f"the idea of {name}", edit="doubling.py:6", **failure)
    return GradedTest(
        id=f"test_doubling.py::{name}", idea=f"the idea of {name}", weight=1, outcome=outcome, failure=found
    )


def a_record(learner: str, earned: float, *tests: GradedTest, **changes) -> Record:
    exercises = [
        GradedExercise(name="doubling", points=10, earned=earned, tests=list(tests)),
        GradedExercise(name="tallies", points=6, earned=0, tests=[a_test("adds", "unwritten")]),
    ]
    graded = datetime(2027, 1, 1, tzinfo=timezone.utc)
    return Record(
        learner=learner, submission="s", graded=graded, exercises=exercises, sandbox="namespaces"
    ).model_copy(update=changes)


SQUARED = {"calls": ["doubling.double([3])"], "came_back": "[9]", "mistakes": ["You squared."]}
RECORDS = [
    a_record("ann", 10, a_test("double", "passed"), a_test("half", "passed")),
    a_record("bob", 5, a_test("double", "wrong", **SQUARED), a_test("half", "passed")),
    a_record("cid", 2, a_test("double", "wrong", **SQUARED), a_test("half", "wrong", **SQUARED)),
    a_record(
        HOSTILE,
        0,
        a_test("double", "wrong", calls=[HOSTILE], came_back=HOSTILE, expected="a secret"),
        a_test("half", "unusable", difference=f"stopped: {HOSTILE}\x1b[2J\x00"),
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
    write_reports(results, read_course(course))
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
    assert page.count("For the same reason these fail too") == 1
    assert "<li>the idea of half</li>" in page
    assert "doubling.double([3])" in page
    assert "Not written yet." in page


def test_a_learners_page_shows_what_the_course_discloses(report):
    page = page_of(report, "img")
    assert "came back" in page
    assert "a secret" not in page


def test_every_page_is_one_file_that_needs_no_network(report):
    pages = [*report.glob("*.html"), *report.glob("learners/*.html")]
    assert len(pages) == 1 + len(RECORDS)
    for page in pages:
        text = page.read_text(encoding="utf-8")
        links = set(re.findall(r'(?:src|href)="([^"]*)"', text))
        assert all(link == "data:," or (page.parent / link).is_file() for link in links)
        assert "default-src 'none'" in text
        assert HOSTILE not in text


def test_junit_can_be_read_and_counts(report):
    root = ElementTree.parse(report / "junit.xml").getroot()
    suites = {suite.get("name"): suite for suite in root}
    assert list(suites) == ["ann", "bob", "cid", HOSTILE, "zoe"]
    assert [suites["cid"].get(key) for key in ("tests", "failures", "errors")] == ["3", "3", "0"]
    assert suites["zoe"].get("errors") == "1"
    assert "a secret" not in (report / "junit.xml").read_text(encoding="utf-8")


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
        write_reports(tmp_path, read_course(course))


@pytest.mark.parametrize(
    ("call", "came_back", "words"),
    [
        ("padding.same_padding(6, 3, 2)", "(1, 0)", "1 zero before, 6 pixels, no zeros after"),
        ("padding.same_padding(6, 3, 2)", "[0, 1]", "the window of 3 has 3 places"),
        ("padding.same_padding(6, 3, 2)", "(-1, 0)", None),
        ("padding.same_padding(6, 3, 2)", "None", None),
        ("padding.same_padding(6, 3)", "(1, 0)", None),
        ("padding.same_padding(600, 3, 2)", "(1, 0)", None),
        ("padding.same_padding(6, 3, 0)", "(1, 0)", None),
        ("padding.same_padding(6, 3, 'x')", "(1, 0)", None),
        ("padding.output_size(6, 3, 2, 'SAME')", "3", None),
    ],
)
def test_a_padded_row_is_drawn(call, came_back, words):
    drawn = picture(call, came_back, "")
    assert (words in drawn) if words else drawn is None


_IMAGE = "[[[[7.], [-3.]]]] (float32 array of shape (1, 1, 2, 1))"
_LARGE = "float32 array of shape (2, 6, 9, 3)"
_FILTERS = "[[[[0.]], [[1.]]]] (float32 array of shape (1, 2, 1, 1))"
_BIAS = "[ 0., -7.] (float32 array of shape (2,))"


@pytest.mark.parametrize(
    ("call", "place", "pixels", "zeros", "frame"),
    [
        # Two pixels and a zero; at its second place a filter of two lies on the last pixel and the zero.
        (f"convolution.conv2d({_IMAGE}, {_FILTERS})", "[0, 0, 1, 0]", 2, 1, (26, 0, 52, 26)),
        (
            f"convolution.conv2d({_IMAGE}, {_FILTERS}, {_BIAS}, (1, 1), 'SAME')",
            "[0, 0, 0, 0]",
            2,
            1,
            (0, 0, 52, 26),
        ),
        (
            f"convolution.conv2d({_IMAGE}, {_FILTERS}, None, (1, 2), 'VALID')",
            "[0, 0, 0, 0]",
            2,
            0,
            (0, 0, 52, 26),
        ),
        # Down 6 by 2, with a window of 3: one row is added, after the image. Across 9 by 3, none.
        (f"pooling.max_pool({_LARGE}, (3, 3), (2, 3), 'SAME')", "[1, 2, 1, 2]", 54, 9, (78, 104, 78, 78)),
        (f"pooling.average_pool({_LARGE})", "[1, 2, 1, 2]", 54, 0, (52, 104, 52, 52)),
    ],
)
def test_the_pixels_that_a_window_looks_at_are_drawn(call, place, pixels, zeros, frame):
    drawn = picture(call, "an array", f"3 of 4 elements differ, the first at {place}: 7.0, expected 21.0")
    assert (drawn.count('class="pixel"'), drawn.count('class="zero"')) == (pixels, zeros)
    x, y, width, height = frame
    assert f'<rect x="{x + 1}" y="{y + 1}" width="{width - 2}" height="{height - 2}" class="frame"/>' in drawn
    assert f"Element {place} is wrong" in drawn
    assert "21.0" not in drawn
    assert ">-3</text>" in drawn or _IMAGE not in call


_ONE_WRONG = "1 of 9 elements differ, the first at [0, 0, 0, 0]: 1.0, expected 2.0"


@pytest.mark.parametrize(
    ("call", "difference"),
    [
        (f"pooling.max_pool({_LARGE})", "the shape is (1, 1), expected (2, 3, 4, 3)"),
        (f"pooling.max_pool({_LARGE}, (2, 2))", _ONE_WRONG),
        (f"pooling.max_pool({_LARGE}, (2, 2), (0, 2), 'SAME')", _ONE_WRONG),
        ("convolution.conv2d([[1…, (1, 1), 'SAME')", _ONE_WRONG),
        (f"convolution.conv2d({_LARGE})", _ONE_WRONG),
    ],
)
def test_what_cannot_be_drawn_is_left_in_words(call, difference):
    assert picture(call, "an array", difference) is None


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
        record = a_record(f"learner{number:03}", number % 11, a_test("double", "passed"), notes=notes)
        write_record(tmp_path, record)
    write_reports(tmp_path, read_course(course))
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
