"""What learners get holds no answer, and works."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile

import pytest

from autograder.course import read_course
from autograder.course.cut import BEGIN, END
from autograder.course.release import learners_files
from tests.autograder.tiny import DOUBLING, KIT, write_course

# Shorter lines, `return None`, say nothing by themselves. Longer ones are the same wherever files are written
# and images have a shape.
_SHORTEST = 30
EVERYWHERE = {
    "Path(path).parent.mkdir(parents=True, exist_ok=True)",
    "path.parent.mkdir(parents=True, exist_ok=True)",
    "folder.mkdir(parents=True, exist_ok=True)",
    "with warnings.catch_warnings():",
    "height, width = images.shape[1], images.shape[2]",
    "if len(labels) != len(images):",
}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return learners_files(KIT, read_course(KIT))


def answers() -> set[str]:
    """Every line of the solutions that a learner has to write, of the hidden suites and of the mistakes."""
    lines: set[str] = set()
    for path in (KIT / "solutions").glob("*.py"):
        inside = False
        for line in path.read_text().splitlines():
            inside = (inside or line.strip() == BEGIN) and line.strip() != END
            if inside:
                lines.add(line.strip())
    for room in ("tests/hidden", "tests/oracles", "tests/mistakes", "tests/alternatives", "tests/restyled"):
        for path in (KIT / room).rglob("*.py"):
            lines |= {line.strip() for line in path.read_text().splitlines()}
    return {
        line for line in lines if len(line) >= _SHORTEST and not line.startswith(("from ", "import ", "#"))
    }


def test_no_line_of_an_answer_is_in_it(files):
    """But in the hints, whose last step is almost the code, and what is said everywhere in Python."""
    stubs = {line.strip() for name in files if name.startswith("exercises/") for line in _lines(files[name])}
    hints = {name for name in files if name.startswith("exercises/hints/")}
    found = {
        (name, line.strip())
        for name in files.keys() - hints
        for line in _lines(files[name])
        if line.strip() in ANSWERS - stubs - EVERYWHERE
    }
    assert found == set()


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8", errors="replace").splitlines()


ANSWERS = answers()


def test_there_are_answers_to_look_for():
    assert len(ANSWERS) > 2000


def test_no_folder_of_answers_is_in_it(files):
    assert {name.partition("/")[0] for name in files} == {
        ".devcontainer",
        ".dockerignore",
        ".github",
        ".gitignore",
        ".stubs",
        "Dockerfile",
        "LICENSE",
        "README.md",
        "conftest.py",
        "constraints.txt",
        "docs",
        "exercises",
        "grading.toml",
        "kit",
        "pytest.ini",
        "requirements.txt",
    }
    assert not any(BEGIN in content.decode("utf-8", "replace") for content in _exercises(files))


def test_every_stub_says_where_its_picture_is(files):
    for name in read_course(KIT).names:
        picture = f"docs/pictures/{name}.svg"
        assert f"\nPicture: {picture}\n".encode() in files[f"exercises/{name}.py"]
        assert files[picture].startswith(b"<?xml")
    assert {name for name in files if name.startswith("docs/")} == {
        f"docs/pictures/{name}.svg" for name in read_course(KIT).names
    }


def _exercises(files: dict[str, bytes]) -> list[bytes]:
    return [content for name, content in files.items() if name.startswith(("exercises/", ".stubs/"))]


def test_a_learner_can_work_in_it(course, autograder, tmp_path):
    out = tmp_path / "handed out"
    assert autograder(course, "release", out).returncode == 0
    run = [sys.executable, "-m", "autograder"]
    status = subprocess.run([*run, "status"], cwd=out, capture_output=True, text=True, check=True)
    assert "0 of 2 exercises done" in status.stdout
    (out / "exercises" / "doubling.py").write_text(DOUBLING)
    status = subprocess.run(
        [*run, "status", "--markdown"], cwd=out, capture_output=True, text=True, check=True
    )
    assert "| doubling | 2/2 | `####################` | done |" in status.stdout
    assert "| tallies | 0/1 | `....................` | not written yet |" in status.stdout
    reset = subprocess.run([*run, "reset", "doubling"], cwd=out, capture_output=True, text=True, check=True)
    assert "exercises/doubling.py is the stub again" in reset.stdout
    assert "NotImplementedError" in (out / "exercises" / "doubling.py").read_text()


def test_a_zip_file_holds_the_same_and_is_the_same_again(course, autograder, tmp_path):
    for name in ("one.zip", "two.zip"):
        assert autograder(course, "release", tmp_path / name).returncode == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert {"exercises/doubling.py", "kit/autograder/cli.py", "README.md"} <= set(archive.namelist())


def test_nothing_is_written_over(course, autograder, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("")
    finished = autograder(course, "release", tmp_path / "out")
    assert finished.returncode == 2
    assert finished.stderr == f"autograder: {tmp_path}/out already exists: choose a new folder\n"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_solution_that_cannot_be_cut_is_one_line(autograder, tmp_path):
    folder = write_course(tmp_path / "course")
    (folder / "solutions" / "doubling.py").write_text("x = 1\n")
    finished = autograder(folder, "release", tmp_path / "out")
    assert (finished.returncode, len(finished.stderr.splitlines())) == (2, 1)
    assert not (tmp_path / "out").exists()


def test_the_workflow_is_one_that_github_reads(files):
    yaml = pytest.importorskip("yaml")
    workflow = yaml.safe_load(files[".github/workflows/exercises.yml"])
    steps = workflow["jobs"]["exercises"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    assert 'autograder status --markdown >> "$GITHUB_STEP_SUMMARY"' in commands
    assert "pytest exercises/" in commands
    assert json.dumps(workflow)


def copied(dockerfile: str) -> list[str]:
    """What an image takes from the folder in which it is built."""
    lines = [line.split()[1:-1] for line in dockerfile.splitlines() if line.startswith("COPY ")]
    return [name for names in lines for name in names if not name.startswith("--") and name != "."]


def test_what_the_images_are_made_of_is_there(files):
    assert "COPY . .\n" in files["Dockerfile"].decode()
    requirement = files["requirements.txt"].decode().strip()
    assert requirement == "./kit"
    assert {"kit/pyproject.toml", "kit/autograder/cli.py", "kit/trainer/cli.py"} <= files.keys()
    for_graders = copied((KIT / "docker" / "grader.Dockerfile").read_text())
    assert len(for_graders) > 10
    assert [name for name in for_graders if not (KIT / name).exists()] == []


def test_the_editors_container_is_built_from_the_same_file(files):
    container = json.loads(files[".devcontainer/devcontainer.json"])
    assert container["build"] == {"dockerfile": "../Dockerfile", "context": ".."}
    assert f"WORKDIR {container['workspaceFolder']}" in files["Dockerfile"].decode()


def test_a_kept_stub_is_the_stub(files):
    for name in read_course(KIT).names:
        stub = (KIT / "exercises" / f"{name}.py").read_bytes()
        assert files[f".stubs/{name}.py"] == files[f"exercises/{name}.py"] == stub
