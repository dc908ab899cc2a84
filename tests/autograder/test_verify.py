"""What a course lacks, and what is wrong with its suites, is found and named."""

from __future__ import annotations

import pytest

from autograder.course import read_course
from autograder.course.trivial import trivial_names
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
    for cell in ("2/2", "3/3", "6/6", f"{len(trivial_names())}/{len(trivial_names())}"):
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
    assert "test_nothing earns points for functions that compute nothing: " in finished.stdout
    assert "4 problems" in finished.stdout


def test_texts_that_are_hard_to_read_are_found(sound):
    """Hints and sentences of mistakes; an alternative's docstring is for its author."""
    hard = "Unconditional reconsideration of dimensionality necessitates normalization."
    for kind, name in (("mistakes", "third"), ("alternatives", "sum")):
        path = sound / "tests" / kind / "doubling" / f"{name}.py"
        path.write_text(path.read_text().replace(f"What {name} is.", hard))
    hints = sound / "exercises" / "hints" / "doubling.md"
    hints.write_text(hints.read_text().replace("## Two", f"## Two\n\n{hard}"))
    first, second = problems(sound)
    assert first.startswith("exercises/hints/doubling.md, step 2: reading grade ")
    assert second.startswith("tests/mistakes/doubling/third.py, its sentence: reading grade ")


EXAMPLES = """


def test_none(doubling):
    \"\"\"Half of 0 is 0, and a half of 1 is less than 1.\"\"\"
    assert doubling.half(0) == same(0)
    assert doubling.half(1) < 1


{mark}
def test_two(doubling):
    \"\"\"Half of 2 is 1, half of 6 is 3.\"\"\"
    assert doubling.half(2) == same(1)
    assert doubling.half(6) == same(3)
"""


def with_examples(folder, mark="", proof=""):
    """Add two small examples to the hidden suite, and a mark to the property of the same function."""
    text = HIDDEN_DOUBLING.replace("points, same", "points, proves, same")
    text = text.replace("@given(number=", f"{proof}\n@given(number=")
    hidden = folder / "tests" / "hidden" / "test_doubling.py"
    hidden.write_text(text + EXAMPLES.format(mark=mark), encoding="utf-8")


def test_what_computes_nothing_must_earn_nothing(sound, autograder):
    """0 is right for one example; it counts no longer if the function must have passed a property."""
    with_examples(sound)
    finished = autograder(sound, "verify")
    assert finished.returncode == 1
    earned = (
        "doubling: tests/hidden/test_doubling.py::test_none earns points for functions that compute nothing: "
    )
    (line,) = (line for line in finished.stdout.splitlines() if line.startswith(earned))
    assert "zero" in line.removeprefix(earned).split(", ")
    with_examples(sound, proof='@proves("half")')
    finished = autograder(sound, "verify")
    assert finished.returncode == 0, finished.stdout


def test_a_proof_must_not_be_guessed(sound, autograder):
    with_examples(sound, proof='@proves("half")', mark='@proves("half")')
    finished = autograder(sound, "verify")
    assert finished.returncode == 1
    assert (
        "doubling: tests/hidden/test_doubling.py::test_two is marked to prove doubling.half, "
        "but one guess in 16 passes it"
    ) in finished.stdout
    assert "1 problems" in finished.stdout


def test_a_proof_must_be_of_a_function_that_answers_in_it(sound, autograder):
    with_examples(sound, proof='@proves("half", "halve")')
    finished = autograder(sound, "verify")
    assert finished.returncode == 1
    assert (
        "doubling: tests/hidden/test_doubling.py::test_half is marked to prove doubling.halve, "
        "which does not answer in it"
    ) in finished.stdout


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
