"""Whatever a document tells its reader to type exists: commands, options, targets, tests, files."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from autograder.cli import app as autograder_app
from tests.autograder.tiny import KIT
from trainer.cli import NETWORKS
from trainer.cli import app as trainer_app

DOCUMENTS = sorted(
    {
        *KIT.glob("*.md"),
        *KIT.glob("docs/*.md"),
        *KIT.glob("autograder/learners_folder/*.md"),
        *KIT.glob("exercises/hints/*.md"),
    }
)
OURS = ("autograder", "trainer", "make", "pytest", "python -m trainer", "python -m autograder")
_TYPED = re.compile(r"`((?:autograder|trainer|make|pytest|python -m (?:trainer|autograder)) [^`]*)`")


def blocks(text: str) -> list[str]:
    """The lines of a document's code blocks in shell, indented ones and fenced ones."""
    fenced = re.sub(r"^```(?!sh|bash|console)\w*\n.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    lines, joined = [], ""
    for line in fenced.splitlines():
        if line.startswith("    ") or joined:
            joined += line.strip()
            if joined.endswith("\\"):
                joined = joined[:-1]
                continue
            lines.append(joined)
            joined = ""
    return lines


def commands(text: str) -> list[str]:
    """What a document's reader types: in blocks, and between backticks."""
    found = [
        part for line in blocks(text) for part in re.split(r";|&&|\s&(?:\s|$)", line.partition(" # ")[0])
    ]
    found += _TYPED.findall(text)
    return [
        one.strip().removeprefix("$ ") for one in found if one.strip() and not one.strip().startswith("#")
    ]


TYPED = sorted(
    {
        (path.relative_to(KIT).as_posix(), command)
        for path in DOCUMENTS
        for command in commands(path.read_text(encoding="utf-8"))
        if command.startswith(tuple(f"{program} " for program in OURS))
    }
)


def check_options(app: typer.Typer, words: list[str]) -> None:
    """Parse words as the command line does."""
    group = get_command(app)
    # A table shows the options of several networks below one head.
    words = ["train", *words[1:]] if words[:1] == ["…"] else words
    if not words or words == ["--help"] or words[0].startswith("--"):
        group.make_context("program", words, resilient_parsing=True)
        return
    assert words[0] in group.commands, f"no command {words[0]}"
    command = group.commands[words[0]]
    context = command.make_context(words[0], [], resilient_parsing=True)
    command.make_parser(context).parse_args([word for word in words[1:] if word not in ("...", "…")])


def test_there_are_commands_to_check():
    assert len(TYPED) > 60
    assert {program for _, program in TYPED if program.startswith("make ")}


@pytest.mark.parametrize(("document", "command"), TYPED)
def test_a_command_exists(document, command):
    words = shlex.split(command, comments=True)
    if words[0] == "make":
        targets = set(re.findall(r"^([a-z-]+):", (KIT / "Makefile").read_text(), re.MULTILINE))
        assert {word for word in words[1:] if "=" not in word} <= targets
    elif words[0] == "pytest":
        files = [word.partition("::")[0] for word in words[1:] if "/" in word or word.endswith(".py")]
        assert all((KIT / file).exists() for file in files if not file.startswith("some/"))
        for word in words[1:]:
            if "::" in word:
                file, _, test = word.partition("::")
                assert f"def {test}(" in (KIT / file).read_text()
    elif words[:2] == ["python", "-m"] and words[2] == "trainer":
        rest = words[3:]
        check_options(trainer_app, ["train", *rest] if rest and rest[0] in NETWORKS else rest)
    elif words[0] == "trainer":
        check_options(trainer_app, words[1:])
    else:
        check_options(autograder_app, words[3:] if words[0] == "python" else words[1:])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(KIT).as_posix())
def test_links_lead_somewhere(path):
    """Files of the repository; the learners' README is read where it is written to."""
    if path.is_relative_to(KIT / "autograder"):
        pytest.skip("read in another folder")
    text = re.sub(r"`[^`]*`", "", path.read_text(encoding="utf-8"))
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    missing = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert missing == []


def test_what_the_first_screen_shows_runs(tmp_path):
    """The commands for learners in the README, in a folder of their own."""
    run = [sys.executable, "-m", "autograder"]
    folder = tmp_path / "course"
    made = subprocess.run([*run, "init", str(folder)], cwd=KIT, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    text = (KIT / "README.md").read_text(encoding="utf-8")
    block = [line for line in commands(text) if line.startswith("autograder ") and "SUBMISSIONS" not in line]
    for command in ("autograder hint padding", "autograder status"):
        assert command in block
        words = shlex.split(command)[1:]
        environment = {"PYTHONPATH": str(KIT), "PATH": "", "HOME": str(tmp_path)}
        finished = subprocess.run(
            [*run, *words], cwd=folder, env=environment, capture_output=True, text=True, timeout=600
        )
        assert finished.returncode == 0, finished.stderr


def test_the_readme_fits_its_promise():
    """What this is in five lines, and pictures, before the first heading below the title."""
    text = (KIT / "README.md").read_text(encoding="utf-8")
    title, _, rest = text.partition("\n\n")
    assert title.startswith("# ")
    assert len(rest.partition("\n\n")[0].splitlines()) <= 5
    assert "docs/pictures/terminal.svg" in text.partition("\n## ")[0]
    assert len(text.splitlines()) <= 156
    assert Path(KIT / "docs" / "pictures" / "class_page.png").is_file()
