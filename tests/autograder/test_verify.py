"""What a course lacks, and what is wrong with its suites, is found and named."""

from __future__ import annotations

import pytest

from autograder.course import read_course
from autograder.course.variants import read_variants
from autograder.verify import missing_pieces
from tests.autograder.tiny import DOUBLING, GRADING, HIDDEN_DOUBLING, KIT, write_course

MISTAKES = {
    "tripled": "def double(numbers):\n    return np.asarray(numbers) * 3\n",
    "first_only": "def double(numbers):\n    return np.asarray(numbers[:1]) * 2\n",
    "none_accepted": "def double(numbers):\n    return np.asarray(numbers) * 2\n",
    "floor": "def half(number):\n    return number // 2\n",
    "negated": "def half(number):\n    return -number / 2\n",
    "third": "def half(number):\n    return number / 3\n",
}
ALTERNATIVES = {
    "sum": "def half(number):\n    return number * 0.5\n",
    "added": "_reference = double\n\n\ndef double(n):\n    _reference(n)\n    return [i + i for i in n]\n",
    "numpy_half": "def half(number):\n    return np.float64(number) / 2\n",
}


@pytest.fixture
def sound(tmp_path):
    """A course of one exercise, with nothing missing."""
    write_course(tmp_path)
    (tmp_path / "grading.toml").write_text(GRADING[: GRADING.rindex("[[exercises]]")])
    for kind, files in (("mistakes", MISTAKES), ("alternatives", ALTERNATIVES)):
        folder = tmp_path / "tests" / kind / "doubling"
        folder.mkdir(parents=True)
        for name, text in files.items():
            (folder / f"{name}.py").write_text(f'"""What {name} is."""\n\n\n{text}')
    hints = tmp_path / "exercises" / "hints" / "doubling.md"
    hints.parent.mkdir()
    hints.write_text("# doubling\n\n## One\n\n## Two\n\n## Three\n")
    return tmp_path


def problems(folder):
    """What doubling lacks among its files."""
    return missing_pieces(folder, read_course(folder).exercises[0])


def test_a_sound_course_passes(sound, autograder):
    finished = autograder(sound, "verify")
    assert finished.returncode == 0, finished.stdout
    assert "no problems" in finished.stdout
    for cell in ("2/2", "3/3", "6/6"):
        assert cell in finished.stdout


def test_wrong_suites_are_found(sound, autograder):
    """A mistake that passes, an alternative that fails, a stub that passes a test."""
    always = '\n\ndef test_nothing(doubling):\n    """Always true."""\n'
    (sound / "tests" / "hidden" / "test_doubling.py").write_text(HIDDEN_DOUBLING + always)
    (sound / "tests" / "mistakes" / "doubling" / "third.py").write_text('"""Not wrong."""\n')
    (sound / "tests" / "alternatives" / "doubling" / "sum.py").write_text(
        '"""Wrong."""\n\n\ndef half(number):\n    return 0\n'
    )
    finished = autograder(sound, "verify")
    assert finished.returncode == 1
    assert "doubling: mistake third is not caught" in finished.stdout
    assert "doubling: alternative sum fails tests/hidden/test_doubling.py::test_half" in finished.stdout
    assert "doubling: the untouched stub passes 1 tests in tests/hidden" in finished.stdout
    assert "3 problems" in finished.stdout


def test_restyled_mistakes_must_be_named(sound, autograder):
    """One is, one is right, one is another mistake, one has none to its name."""
    folder = sound / "tests" / "restyled" / "doubling"
    folder.mkdir(parents=True)
    third = "def half(number):\n    return {}\n"
    for name, text in (
        ("tripled", "def double(numbers):\n    return [n + n + n for n in numbers]\n"),
        ("negated", third.format("number / 2")),
        ("third", third.format("-(number / 2)")),
        ("fourth", third.format("number / 4")),
    ):
        (folder / f"{name}.py").write_text(f'"""In another style."""\n\n\n{text}')
    finished = autograder(sound, "verify")
    assert finished.returncode == 1
    assert "1/4" in finished.stdout
    assert "doubling: restyled negated is not recognized" in finished.stdout
    assert "doubling: restyled third is called: What negated is." in finished.stdout
    assert "doubling: restyled fourth: no mistake has this name" in finished.stdout
    assert "3 problems" in finished.stdout


def test_the_course_has_enough_restyled_mistakes():
    assert sum(len(read_variants(KIT, "restyled", name)) for name in read_course(KIT).names) >= 30


def test_a_solution_that_fails_is_found(sound, autograder):
    (sound / "solutions" / "doubling.py").write_text(DOUBLING.replace("* 2", "* 3"))
    finished = autograder(sound, "verify")
    assert finished.returncode == 1
    assert "the solution fails exercises/test_doubling.py::test_two" in finished.stdout


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("exercises/doubling.py", "exercises/doubling.py is missing: its stub"),
        ("exercises/test_doubling.py", "its public suite"),
        ("tests/hidden/test_doubling.py", "its hidden suite"),
        ("exercises/hints/doubling.md", "its hints"),
        ("tests/mistakes/doubling/floor.py", "tests/mistakes/doubling has 5 files, fewer than 6"),
        ("tests/alternatives/doubling/sum.py", "tests/alternatives/doubling has 2 files, fewer than 3"),
    ],
)
def test_a_missing_file_is_named(sound, path, text):
    assert problems(sound) == []
    (sound / path).unlink()
    assert [problem for problem in problems(sound) if text in problem]


def test_what_is_there_but_not_as_it_should_be(sound):
    (sound / "exercises" / "hints" / "doubling.md").write_text("## One\n")
    (sound / "exercises" / "doubling.py").write_text("x = 1\n")
    (sound / "tests" / "mistakes" / "doubling" / "floor.py").write_text("x = 1\n")
    assert problems(sound) == [
        "exercises/hints/doubling.md has 1 steps, not 3",
        "exercises/doubling.py is out of date: run `autograder cut`",
        "tests/mistakes/doubling/floor.py has no docstring",
    ]
