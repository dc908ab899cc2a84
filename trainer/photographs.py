"""Convert a picture of a digit, such as a photograph of paper, to the format of the training images."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError
from scipy import ndimage

from trainer import TrainerError

_SIDE = 28
# MNIST digits fit into 20x20 pixels; their centre of mass is at the centre of 28x28.
_DIGIT_SIDE = 20
_MOST_PIXELS = 100_000_000
# A larger picture is made smaller, which also averages the camera's noise.
_LONGEST_SIDE = 512
# No stroke is wider than this fraction of the picture; light changes little over that distance.
_WIDEST_STROKE = 1 / 3
# Strokes closer than this fraction of the picture belong to one digit: the bar of a 5 may be apart.
_GAP = 1 / 40
# Ink that differs less from its paper is noise, or unevenness of the light.
_FAINTEST = 0.2
# With more ink than this in other marks, as a fraction of the digit's, nobody knows which mark is the digit.
_MOST_OTHER_INK = 0.5


class PictureError(TrainerError):
    """A picture cannot be used."""


def read_picture(path: Path) -> NDArray[Any]:
    """Return a picture of one digit in the format of the training images.

    The picture is turned upright as its camera says, and colours become grey. Each pixel is compared with the paper
    around it, so shadows disappear. Of all dark marks on bright paper, or bright ones on dark paper, the largest is
    the digit, without specks, and without the desk, which reaches the picture's edge. The digit is scaled so that its
    longer side has 20 pixels, and centred by its centre of mass.

    Args:
        path: a PNG or JPEG file of any size.

    Returns:
        float32, shape (28, 28, 1), 0 to 1, bright on dark.

    Raises:
        PictureError: if the file does not exist, is not a picture or is blank, or if the paper is not even.
    """
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise PictureError(f"{path} has {opened.width} by {opened.height} pixels: make it smaller")
            grey = _grey(ImageOps.exif_transpose(opened))
    except FileNotFoundError:
        raise PictureError(f"{path}: no such file") from None
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureError(f"{path} cannot be read as a PNG or JPEG picture: {error}") from None
    ink = _ink(grey)
    return _centred(_digit(ink, path))


def _grey(picture: Image.Image) -> NDArray[Any]:
    """Return a picture as float32, 0 to 1, not larger than needed."""
    if picture.mode.startswith("I"):
        # 16 bits a pixel, of which `convert` keeps only those below 256.
        grey = np.asarray(picture, np.float32) / 65535
    else:
        # Transparent pixels become white.
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        grey = np.asarray(Image.alpha_composite(paper, picture).convert("L"), np.float32) / 255
    scale = _LONGEST_SIDE / max(grey.shape)
    return _resized(grey, scale) if scale < 1 else grey


def _resized(grey: NDArray[Any], scale: float) -> NDArray[Any]:
    height, width = (max(1, round(side * scale)) for side in grey.shape)
    method = Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR
    return np.asarray(Image.fromarray(grey).resize((width, height), method))


def _ink(grey: NDArray[Any]) -> NDArray[Any]:
    """Return how much darker each pixel is than the paper around it, 0 to 1; for bright ink, how much brighter."""
    if not _is_on_bright_paper(grey):
        grey = 1 - grey
    # A closing brightens everything dark that is narrower than its size.
    paper = ndimage.grey_closing(grey, size=round(max(grey.shape) * _WIDEST_STROKE))
    # A shadow dims paper and ink by the same factor, which the ratio cancels.
    ink: NDArray[Any] = 1 - grey / np.maximum(paper, 0.1)
    return ink


def _is_on_bright_paper(grey: NDArray[Any]) -> bool:
    """Return True for dark ink on bright paper, which may lie on a dark desk; False for bright ink on dark paper."""
    bright = grey > _otsu(grey)
    regions, _ = ndimage.label(bright)
    largest = regions == np.bincount(regions.ravel())[1:].argmax() + 1
    sheet = ndimage.binary_fill_holes(largest)
    box = np.ptp(np.nonzero(sheet), axis=1) + 1
    if sheet.sum() > max(0.1 * grey.size, 0.7 * box.prod()) and bright[sheet].mean() > 0.87:
        return True  # a large bright rectangle with a little ink on it
    if np.median([*grey[0], *grey[-1], *grey[:, 0], *grey[:, -1]]) < 0.1:
        return False  # drawn on black; no lit paper is as dark
    surround = grey - ndimage.uniform_filter(grey, max(grey.shape) // 2 + 1)
    # Ink is rarer than paper, so it differs more from the mean.
    return bool(((surround - surround.mean()) ** 3).sum() < 0)


def _digit(ink: NDArray[Any], path: Path) -> NDArray[Any]:
    """Return the ink of the largest mark, 0 to 1, cropped to the mark."""
    inked = ink > _otsu(ink)
    marks, count = ndimage.label(ndimage.maximum_filter(inked, 1 + round(max(ink.shape) * _GAP)))
    sums = ndimage.sum_labels(ink * inked, marks, np.arange(count + 1))
    # The desk reaches the edge. So does a digit in a narrow picture, but then nothing else is there.
    edge = np.concatenate([marks[0], marks[-1], marks[:, 0], marks[:, -1]])
    inner = np.setdiff1d(np.arange(1, count + 1), edge)
    largest = inner[sums[inner].argmax()] if inner.size else sums.argmax()
    mark = marks == largest
    if inked.all() or np.median(ink[inked & mark]) - np.median(ink[~inked]) < _FAINTEST:
        raise PictureError(f"{path}: the picture is blank, or the ink is too faint")
    if sums[inner].sum() > (1 + _MOST_OTHER_INK) * sums[largest]:
        raise PictureError(
            f"{path}: the paper is not even: there are other marks like the digit; crop it to the digit"
        )
    rows, columns = np.nonzero(inked & mark)
    digit: NDArray[Any] = np.where(mark, ink, 0)
    return digit[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def _otsu(ink: NDArray[Any]) -> float:
    """Return the threshold that divides the pixels into two classes with the least variance within each."""
    counts, edges = np.histogram(ink, bins=256)
    centres = (edges[:-1] + edges[1:]) / 2
    below = counts.cumsum()[:-1]
    above = counts.sum() - below
    sums = (counts * centres).cumsum()
    means = sums[:-1] / np.maximum(below, 1), (sums[-1] - sums[:-1]) / np.maximum(above, 1)
    between = below * above * (means[0] - means[1]) ** 2
    return float(edges[1:-1][between.argmax()])


def _centred(digit: NDArray[Any]) -> NDArray[Any]:
    digit = _resized(digit, _DIGIT_SIDE / max(digit.shape))
    digit = np.clip(digit / np.median(digit[digit > digit.max() / 2]), 0, 1)
    total = digit.sum()
    size = digit.shape
    row = round(_SIDE / 2 - 0.5 - (digit.sum(axis=1) @ np.arange(size[0])) / total)
    column = round(_SIDE / 2 - 0.5 - (digit.sum(axis=0) @ np.arange(size[1])) / total)
    row, column = (min(max(at, 0), _SIDE - side) for at, side in zip((row, column), size, strict=True))
    image = np.zeros((_SIDE, _SIDE, 1), np.float32)
    image[row : row + size[0], column : column + size[1], 0] = digit
    return image
