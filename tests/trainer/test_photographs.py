"""Pictures of any size, colour and form, brought into the form of the digits."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageDraw

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


HEIGHT, WIDTH = 800, 600
ROWS, COLUMNS = np.mgrid[0 : 1 : HEIGHT * 1j, 0 : 1 : WIDTH * 1j]


def seven(at=(180, 250), paper=235, ink=40, size=(WIDTH, HEIGHT)):
    """A 7 with a bar, which looks different in all eight orientations."""
    image = Image.new("L", size, paper)
    x, y = at
    strokes = [(x, y), (x + 150, y), (x + 60, y + 260)], [(x + 50, y + 130), (x + 150, y + 130)]
    for stroke in strokes:
        ImageDraw.Draw(image).line(stroke, fill=ink, width=24)
    return np.asarray(image, float)


def on_a_desk(margin):
    return np.pad(seven(), margin, constant_values=60.0)


def with_specks():
    picture = seven()
    picture[20:40, 30:50] = picture[700:712, 500:530] = 20
    return picture


def saved(path, picture, orientation=1):
    """Save a picture as a camera does that was turned: the file's pixels lie, and say how."""
    image = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    turns = Image.Transpose
    undo = {
        2: turns.FLIP_LEFT_RIGHT,
        3: turns.ROTATE_180,
        4: turns.FLIP_TOP_BOTTOM,
        5: turns.TRANSPOSE,
        6: turns.ROTATE_90,
        7: turns.TRANSVERSE,
        8: turns.ROTATE_270,
    }
    if orientation in undo:
        image = image.transpose(undo[orientation])
    image.convert("RGB").save(path, exif=exif, quality=90)
    return path


def is_the_seven(digit, tmp_path):
    """Tell whether a digit is what comes of the 7 on even paper, but for a few grey pixels."""
    even = read_picture(saved(tmp_path / "even.jpg", seven()))
    return np.abs(digit - even).sum() < 0.1 * even.sum()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_camera_says_which_side_is_up(tmp_path, orientation):
    digit = read_picture(saved(tmp_path / "seven.jpg", seven(), orientation))
    assert is_the_seven(digit, tmp_path)
    turned = np.rot90(digit)
    assert not is_the_seven(turned, tmp_path)


def test_sixteen_bits_a_pixel(tmp_path):
    """PNG files of scanners: every pixel above 255 was white."""
    Image.fromarray((seven() * 257).astype(np.uint16)).save(tmp_path / "seven.png")
    assert is_the_seven(read_picture(tmp_path / "seven.png"), tmp_path)


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(seven() * (0.3 + 0.7 * COLUMNS), id="light from the right"),
        pytest.param(seven() * (0.35 + 0.65 * ROWS * COLUMNS), id="light from a corner"),
        pytest.param(seven() * np.where(COLUMNS + ROWS > 1.1, 0.5, 1.0), id="a shadow across it"),
        pytest.param(seven() * (1 - 0.6 * ((ROWS - 0.5) ** 2 + (COLUMNS - 0.5) ** 2)), id="dark corners"),
        pytest.param(seven() + np.random.default_rng(1).normal(0, 20, (HEIGHT, WIDTH)), id="noise"),
        pytest.param(with_specks(), id="specks"),
        pytest.param(on_a_desk(120), id="a desk around it"),
        pytest.param(on_a_desk(400), id="a sheet on a large desk"),
        pytest.param(seven(at=(30, 480)), id="in a corner"),
        pytest.param(seven(paper=40, ink=220) * (0.6 + 0.4 * COLUMNS), id="chalk"),
    ],
)
def test_light_and_dirt_change_nothing(tmp_path, picture):
    assert is_the_seven(read_picture(saved(tmp_path / "seven.jpg", picture)), tmp_path)


@pytest.mark.parametrize(
    ("picture", "message"),
    [
        (np.minimum(seven(at=(50, 100)), seven(at=(350, 450))), "the paper is not even"),
        (seven() * (1 - 0.5 * ((ROWS * 8) % 1 > 0.6) * ((COLUMNS * 6) % 1 > 0.5)), "the paper is not even"),
        (seven(ink=220), "blank, or the ink is too faint"),
        (seven(ink=235) + np.random.default_rng(1).normal(0, 25, (HEIGHT, WIDTH)), "blank, or the ink"),
    ],
)
def test_marks_that_nobody_can_tell_from_the_digit(tmp_path, picture, message):
    with pytest.raises(PictureError, match=message):
        read_picture(saved(tmp_path / "unclear.jpg", picture))


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
