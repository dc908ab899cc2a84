"""Pictures of any size, colour and form, brought into the form of the digits."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from trainer.photographs import PictureError, read_picture


def bar(width, height, ink, paper, mode="RGB"):
    """A vertical bar a little right of the middle."""
    image = Image.new(mode, (width, height), paper)
    ImageDraw.Draw(image).rectangle([width * 0.55, height * 0.2, width * 0.65, height * 0.8], fill=ink)
    return image


@pytest.mark.parametrize(
    ("name", "image"),
    [
        ("dark.png", bar(300, 500, (250, 250, 250), (10, 10, 30))),
        ("light.jpg", bar(640, 480, (20, 20, 90), (240, 235, 230))),
        ("clear.png", bar(64, 64, (0, 0, 0, 255), (0, 0, 0, 0), "RGBA")),
        ("grey.png", bar(28, 28, 0, 255, "L")),
        ("palette.png", bar(50, 80, (255, 255, 255), (0, 0, 0)).convert("P")),
    ],
)
def test_a_bar_becomes_a_one(tmp_path, name, image):
    """Bright on dark, 20 pixels high, its centre of mass in the middle, whatever it was before."""
    image.save(tmp_path / name)
    digit = read_picture(tmp_path / name)
    assert digit.shape == (28, 28, 1)
    assert digit.dtype == np.float32
    assert digit.min() >= 0
    assert 0.9 < digit.max() <= 1
    rows, columns = np.nonzero(digit[..., 0] > 0.3)
    assert 19 <= np.ptp(rows) + 1 <= 21
    assert np.ptp(columns) + 1 <= 12
    weight = digit[..., 0] / digit.sum()
    assert abs(weight.sum(axis=1) @ np.arange(28) - 13.5) < 1
    assert abs(weight.sum(axis=0) @ np.arange(28) - 13.5) < 1


def test_pictures_that_cannot_be_used(tmp_path):
    Image.new("L", (30, 30), 255).save(tmp_path / "empty.png")
    (tmp_path / "text.png").write_text("hello")
    (tmp_path / "cut.png").write_bytes((tmp_path / "empty.png").read_bytes()[:40])
    bar(40, 40, 0, 255, "L").save(tmp_path / "other.bmp")
    for name, message in {
        "empty.png": "the picture is blank",
        "text.png": "cannot be read as a PNG or JPEG picture",
        "cut.png": "cannot be read as a PNG or JPEG picture",
        "other.bmp": "cannot be read as a PNG or JPEG picture",
        "none.png": "no such file",
    }.items():
        with pytest.raises(PictureError, match=message) as caught:
            read_picture(tmp_path / name)
        assert "\n" not in str(caught.value)
