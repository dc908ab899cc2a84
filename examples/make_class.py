"""Make a small class to grade, from the course: `python examples/make_class.py FOLDER`.

Each submission is called what it is: perfect, half done, untouched, wrong, hostile, a single module.
"""

from __future__ import annotations

import io
import shutil
import sys
import zipfile
from pathlib import Path

from autograder.course import read_course
from autograder.course.variants import read_variants
from autograder.files import write_folder

ROOT = Path(__file__).resolve().parent.parent

# What a submission might try, one trick an exercise; the others are left out, as a hostile one would.
HOSTILE = {
    "padding": '''"""Answers with an object that equals everything."""


class Anything:
    def __eq__(self, other):
        return True

    def __getattr__(self, name):
        return self

    def __call__(self, *arguments, **keywords):
        return self


output_size = same_padding = pad_images = crop_or_pad = Anything()
''',
    "shapes": '''"""Ends the process with success before a test can fail."""

import os

os._exit(0)
''',
    "convolution": '''"""Never answers."""


def conv2d(images, kernel, bias, strides=(1, 1)):
    while True:
        pass
''',
    "pooling": '''"""Skips the test that calls it."""

import pytest


def max_pool(images, pool_size=(2, 2), strides=(2, 2), padding=((0, 0), (0, 0))):
    pytest.skip("too hard")


average_pool = max_pool
''',
    "flatten": '''"""Patches NumPy, so that all arrays seem equal."""

import numpy as np

np.array_equal = np.allclose = np.isclose = lambda *arguments, **keywords: True


def flatten(layer):
    return layer, 0


def unflatten(flat, shape):
    return flat
''',
    "dense": '''"""Floods whoever listens."""

print("x" * 10_000_000)
''',
}


def the_class() -> dict[str, bytes]:
    """Return the bytes of each file of the class, by its path."""
    names = read_course(ROOT).names
    solutions = {name: (ROOT / "solutions" / f"{name}.py").read_bytes() for name in names}
    stubs = {name: (ROOT / "exercises" / f"{name}.py").read_bytes() for name in names}
    half = names[: len(names) // 2]
    files = {f"perfect/{name}.py": solutions[name] for name in names}
    files |= {f"untouched/{name}.py": stubs[name] for name in names}
    files |= {f"wrong/{name}.py": read_variants(ROOT, "mistakes", name)[0].source.encode() for name in names}
    files |= {f"hostile/{name}.py": source.encode() for name, source in HOSTILE.items()}
    files["half_done.zip"] = zipped({name: (solutions if name in half else stubs)[name] for name in names})
    files["onemodule_41_4711_padding.py"] = solutions["padding"]
    return files


def zipped(modules: dict[str, bytes]) -> bytes:
    """Return a zip file of those modules, the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, source in modules.items():
            archive.writestr(zipfile.ZipInfo(f"half_done/{name}.py"), source)
    return buffer.getvalue()


def write_class(folder: Path) -> None:
    """Write the class into a folder, in place of what is there."""
    shutil.rmtree(folder, ignore_errors=True)
    write_folder(folder, the_class())


if __name__ == "__main__":
    write_class(Path(sys.argv[1]))
