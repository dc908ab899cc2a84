"""Build the kit: a wheel also holds the course, which `autograder init` writes out. The rest is in pyproject.toml."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
FILES = (
    *(
        "grading.toml",
        "conftest.py",
        "pytest.ini",
        "constraints.txt",
        "pyproject.toml",
        "README.md",
        "LICENSE",
    ),
    *("tests/__init__.py", "tests/strategies.py"),
)
FOLDERS = (
    *("exercises", "solutions", "docs/pictures", "tests/hidden", "tests/oracles", "tests/drawings"),
    *("tests/mistakes", "tests/restyled", "tests/alternatives"),
)


class BuildWithCourse(build_py):
    """Copies the course into the package; a kit that is installed from a learners' folder has none."""

    def run(self) -> None:
        """Build."""
        super().run()
        if self.editable_mode or not (ROOT / "solutions").is_dir():
            return
        data = Path(self.build_lib) / "autograder" / "course_data"
        shutil.rmtree(data, ignore_errors=True)
        for name in FILES:
            (data / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, data / name)
        for name in FOLDERS:
            shutil.copytree(ROOT / name, data / name, ignore=shutil.ignore_patterns("__pycache__"))


setup(cmdclass={"build_py": BuildWithCourse})
