"""What is imported before a submission's first call."""

from __future__ import annotations

import sys

import pytest

from autograder.candidate.libraries import import_libraries

SOURCES = {
    "as_it_is": "import slow_library",
    "a_part": "import slow_library.part",
    "from_it": "from slow_library import part",
    "another_name": "import slow_library.part as short",
    "inside_a_function": "def half(number):\n    import slow_library\n    return number\n",
    "with_others": "import os, slow_library",
    "on_one_line": "try: import slow_library\nexcept ImportError: pass\n",
    "beside_one_that_is_missing": "import no_such_library\nimport slow_library",
    "beside_one_that_raises": "import broken_library\nimport slow_library",
}


@pytest.fixture
def libraries(tmp_path, monkeypatch):
    """Two installed libraries, one of which cannot be imported, and one that imports a part when it is used."""
    site = tmp_path / "site"
    (site / "slow_library").mkdir(parents=True)
    (site / "slow_library" / "__init__.py").write_text(
        "import importlib\ndef __getattr__(name):\n    return importlib.import_module('slow_library.' + name)\n"
    )
    (site / "slow_library" / "part.py").write_text("try:\n    import helper\nexcept ImportError:\n    pass\n")
    (site / "broken_library.py").write_text("raise SystemExit\n")
    monkeypatch.syspath_prepend(site)
    yield
    for name in [name for name in sys.modules if name.partition(".")[0] in ("slow_library", "helper")]:
        del sys.modules[name]


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_installed_libraries_are_imported(libraries, tmp_path, source):
    (tmp_path / "submission").mkdir()
    (tmp_path / "submission" / "doubling.py").write_text(source)
    import_libraries(tmp_path / "submission", ["doubling"], ())
    assert "slow_library" in sys.modules
    assert ("slow_library.part" in sys.modules) == ("part" in source)


def test_what_a_library_imports_only_when_it_is_used(libraries, tmp_path):
    """TensorFlow does so with `tf.keras`."""
    (tmp_path / "submission").mkdir()
    (tmp_path / "submission" / "doubling.py").write_text(
        "import slow_library as slow\ndef half(number):\n    return slow.part.layers.more(number).most\n"
    )
    import_libraries(tmp_path / "submission", ["doubling"], ())
    assert "slow_library.part" in sys.modules


def test_a_file_with_nothing_to_import_is_not_parsed(libraries, tmp_path, monkeypatch):
    """Parsing a whole course takes longer than most calls."""
    (tmp_path / "submission").mkdir()
    doubling = tmp_path / "submission" / "doubling.py"
    parsed: list[bytes] = []
    monkeypatch.setattr("autograder.candidate.libraries.ast.parse", parsed.append)
    doubling.write_text("import os, numpy as np\nfrom numpy.linalg import norm\nimport doubling\n")
    import_libraries(tmp_path / "submission", ["doubling"], ())
    assert parsed == []
    doubling.write_text("import os, slow_library as slow\n")
    import_libraries(tmp_path / "submission", ["doubling"], ())
    assert parsed == [doubling.read_bytes()]


@pytest.mark.parametrize(
    ("source", "imported"),
    [
        ("import numpy", False),
        ("import tallies", True),
        ("from exercises.tallies import tally", True),
        ("def late():\n    from helpers.more import thing", True),
        ("import plumbing", False),
    ],
)
def test_only_what_the_examined_exercises_import(libraries, tmp_path, source, imported):
    """Not what other exercises import, nor the given modules, unless an examined one imports them."""
    folder = tmp_path / "submission"
    (folder / "helpers").mkdir(parents=True)
    (folder / "doubling.py").write_text(source)
    for name in ("tallies", "plumbing", "helpers/more", "another"):
        (folder / f"{name}.py").write_text("import slow_library")
    import_libraries(folder, ["doubling"], {"plumbing"})
    assert ("slow_library" in sys.modules) == imported


def test_nothing_of_the_submission_runs(libraries, tmp_path, monkeypatch):
    """Neither by its own imports nor because a library looks for a module of that name."""
    folder = tmp_path / "submission"
    folder.mkdir()
    (folder / "doubling.py").write_text("import helper, slow_library.part\nraise SystemExit\n")
    (folder / "helper.py").write_text("import os; os._exit(3)\n")
    (folder / "broken.py").write_text("def (")
    (folder / "deep.py").write_text("x = " + "-" * 5000 + "1\n")
    monkeypatch.syspath_prepend(folder)
    import_libraries(folder, ["doubling", "helper", "broken", "deep"], ())
    assert "slow_library.part" in sys.modules
    assert str(folder) in sys.path
