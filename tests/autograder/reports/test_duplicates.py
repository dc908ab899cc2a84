"""Submissions that are alike are found whatever their names and comments, and others are not."""

from __future__ import annotations

import random

import pytest

from autograder.reports import duplicates
from autograder.reports.duplicates import Comparison, Duplicate, LeftOut, near_duplicates
from tests.autograder.tiny import DOUBLING

HELPERS = """
def walk_over_everything(first, second, limit=3):
    total = 0
    for index, value in enumerate(first):
        if index % limit == 1 and value not in second:
            total += value * index - len(second)
        while total > 100 and index < limit:
            total = total // 2 + sum(second[index:limit])
            first = [entry for entry in first if entry != total]
    # Nothing is left of the rest.
    return [total, *reversed(first)] if total else {name: name * 2 for name in second}


def another(numbers):
    smallest, largest = min(numbers), max(numbers)
    try:
        return (smallest + largest) / (largest - smallest)
    except ZeroDivisionError as error:
        raise ValueError("all are equal: " + repr(numbers)) from error
"""


def renamed(source: str) -> str:
    """The same code as a learner disguises it: other names, no comments, other blank lines."""
    for old, new in (
        ("total", "acc"),
        ("first", "xs"),
        ("second", "ys"),
        ("smallest", "lo"),
        ("another", "f"),
    ):
        source = source.replace(old, new)
    return "\n".join(line for line in source.splitlines() if "#" not in line).replace("\n\n", "\n")


def scribbled(seed: int) -> str:
    """Code of a learner's own."""
    rng = random.Random(seed)
    lines = [f"def scribble(a, b):\n    c = {seed}"]
    for _ in range(25):
        left, right = (
            rng.choice("abc"),
            rng.choice(["len(str(a))", "b[1:]", "not c", "-a", "{a: b}", "[c, a]"]),
        )
        words = [f"{left} = {right} {rng.choice(['+', 'and', 'or', '<', '@'])} {rng.choice('abc')}"]
        words += [
            f"if {left} {rng.choice(['is', '==', '>='])} {right}: return {rng.choice(['a', 'b[0]', 'c()'])}"
        ]
        lines.append("    " + rng.choice(words))
    return "\n".join(lines)


def found(course, **modules: str) -> list[tuple[str, ...]]:
    submissions = [(learner, {"doubling.py": source.encode()}) for learner, source in modules.items()]
    return [one.learners for one in near_duplicates(submissions, course, ["doubling", "tallies"]).duplicates]


def test_a_disguised_copy_is_found(course):
    others = {f"other{seed}": DOUBLING + scribbled(seed) for seed in range(6)}
    pairs = found(course, ann=DOUBLING + HELPERS, bob=DOUBLING + renamed(HELPERS), **others)
    assert pairs == [("ann", "bob")]


def test_the_same_code_is_listed_once_for_all_who_have_it(course):
    """Not every pair of them: in a class of thousands those would be millions."""
    others = {f"other{seed}": DOUBLING + scribbled(seed) for seed in range(40)}
    copies = {f"copy{number}": DOUBLING + HELPERS + f"# {number}\n" for number in range(8)}
    changed = HELPERS.replace("total > 100", "not total").replace("limit=3", "limit")
    assert found(course, **others, **copies, near=DOUBLING + changed) == [
        tuple(sorted(copies)),
        ("copy0", "near"),
    ]


def test_what_all_have_is_no_copy(course):
    stub = (course / "exercises" / "doubling.py").read_text()
    assert found(course, ann=stub, bob=stub, cid=DOUBLING, dan=DOUBLING) == []
    # Handed out in class, it is in every submission.
    everybody = {f"learner{number}": DOUBLING + HELPERS for number in range(8)}
    assert found(course, **everybody) == []


@pytest.mark.parametrize("source", ["", "def (:", "\x00\xff" * 50, "'" * 5000, "(" * 5000])
def test_what_is_no_python_harms_nothing(course, source):
    assert found(course, ann=source, bob=HELPERS) == []


def test_the_report_lists_them(course, autograder, tmp_path):
    for learner, source in {"ann": HELPERS, "bob": renamed(HELPERS), "cid": scribbled(1)}.items():
        (tmp_path / "submissions" / learner).mkdir(parents=True)
        (tmp_path / "submissions" / learner / "doubling.py").write_text(DOUBLING + source)
    (tmp_path / "submissions" / "dan.zip").write_text("not a zip file")
    (tmp_path / "submissions" / "eve").mkdir()
    (tmp_path / "submissions" / "eve" / "doubling.py").write_text(DOUBLING + "x = 1\n" * 20_000)
    results = tmp_path / "results"
    autograder(course, "grade", tmp_path / "submissions", "--out", results, "--sandbox", "none")
    finished = autograder(course, "report", results, "--compare", tmp_path / "submissions")
    assert finished.returncode == 0, finished.stderr
    text = (results / "report" / "class.md").read_text()
    assert "| ann, bob | doubling |" in text
    page = (results / "report" / "index.html").read_text()
    assert '<a href="learners/ann.html">ann</a>, <a href="learners/bob.html">bob</a>' in page
    assert "Similar code" in page
    assert "| eve | doubling | it is larger than 64 KiB |" in text
    assert (
        '<a href="learners/eve.html">eve</a></td><td>doubling</td><td>it is larger than 64 KiB</td>' in page
    )
    finished = autograder(course, "report", results, "--compare", tmp_path / "nowhere")
    assert (finished.returncode, len(finished.stderr.splitlines())) == (2, 1)


def test_hostile_modules_are_left_out_and_the_others_compared(course):
    submissions = [(f"hostile{number}", {"doubling.py": b"x=1\n" * 2**18}) for number in range(20)]
    submissions += [
        ("ann", {"doubling.py": HELPERS.encode()}),
        ("bob", {"doubling.py": renamed(HELPERS).encode()}),
    ]
    comparison = near_duplicates(submissions, course, ["doubling", "tallies"])
    assert [one.learners for one in comparison.duplicates] == [("ann", "bob")]
    assert comparison.left_out == [
        LeftOut(f"hostile{number}", "doubling", "it is larger than 64 KiB") for number in range(20)
    ]


def test_a_learner_has_so_much_time_for_all_modules(course, monkeypatch):
    """What was compared before still counts."""
    monkeypatch.setattr(duplicates, "_SECONDS", 3.0)
    real = duplicates.fingerprints

    def spin(source: bytes) -> set[int]:
        while source == b"slow":
            pass
        return real(source)

    monkeypatch.setattr(duplicates, "fingerprints", spin)
    submissions = [
        ("ann", {"doubling.py": HELPERS.encode(), "tallies.py": b"slow"}),
        ("bob", {"doubling.py": renamed(HELPERS).encode()}),
    ]
    comparison = near_duplicates(submissions, course, ["doubling", "tallies"])
    assert [one.learners for one in comparison.duplicates] == [("ann", "bob")]
    assert comparison.left_out == [
        LeftOut("ann", "tallies", "comparing this learner's modules takes too long")
    ]


def test_of_many_pairs_the_most_similar_are_listed(course, monkeypatch):
    """A class can make a pair of every two of its submissions."""
    monkeypatch.setattr(duplicates, "MOST_LISTED", 4)
    monkeypatch.setattr(duplicates, "_BLOCK", 3)
    monkeypatch.setattr(duplicates, "_COMMON_SHARE", 1.0)
    # Each of the first has a few lines of its own; the last two are identical.
    some = ["\n".join(scribbled(seed).splitlines()[:3]) for seed in range(7)]
    modules = [HELPERS + one for one in some] + [HELPERS, HELPERS]
    submissions = [(f"learner{number}", {"doubling.py": one.encode()}) for number, one in enumerate(modules)]
    comparison = near_duplicates(submissions, course, ["doubling"])
    assert len(comparison.duplicates) == 4
    # 8 versions are 28 pairs; the copies are listed once.
    assert comparison.unlisted == 28 + 1 - 4
    # All of the last is in each of the others, which is not so the other way round.
    assert {one.share for one in comparison.duplicates} == {1.0}
    assert {one.learners[-1] for one in comparison.duplicates} == {"learner7"}


@pytest.mark.parametrize("learners", [0, 1])
def test_a_class_with_nobody_to_compare_has_no_duplicates(course, learners):
    submissions = [("ann", {"doubling.py": HELPERS.encode()})][:learners]
    assert near_duplicates(submissions, course, ["doubling", "tallies"]) == Comparison()


def test_the_shared_exercises_are_named_the_most_similar_first(course):
    files = {"doubling.py": HELPERS[: len(HELPERS) // 2].encode(), "tallies.py": HELPERS.encode()}
    (found,) = near_duplicates(
        [("ann", files), ("bob", files), ("cid", {})], course, ["doubling", "tallies"]
    ).duplicates
    assert found == Duplicate(("ann", "bob"), 1.0, ("tallies", "doubling"))
