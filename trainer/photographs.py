"""Bring any picture of a digit into the form of the digits that a network has learned from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from trainer import TrainerError

_SIDE = 28
# The digits of MNIST fill 20 by 20 pixels, their centre of mass is in the middle of 28 by 28.
_DIGIT_SIDE = 20
# What is darker than this share of the brightest pixel is taken for background.
_INK = 0.2
_MOST_PIXELS = 100_000_000


class PictureError(TrainerError):
    """A picture cannot be used."""


def read_picture(path: Path) -> NDArray[Any]:
    """Return a picture of one digit as a network wants it.

    Colours become grey. Where the rim is bright, as paper is, black and white are exchanged. What is drawn is
    cut out, brought to 20 pixels at its longer side, and put with its centre of mass in the middle.

    Args:
        path: a PNG or JPEG file of any size.

    Returns:
        float32, shape (28, 28, 1), 0 to 1, bright on dark.

    Raises:
        PictureError: if there is no such file, or it is not a picture, or it is blank.
    """
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as opened:
            picture: Image.Image = opened
            if picture.width * picture.height > _MOST_PIXELS:
                raise PictureError(f"{path} has {picture.width} by {picture.height} pixels: make it smaller")
            # What is transparent shows white paper.
            picture = picture.convert("RGBA")
            paper = Image.new("RGBA", picture.size, "white")
            grey = np.asarray(Image.alpha_composite(paper, picture).convert("L"), np.float32) / 255
    except FileNotFoundError:
        raise PictureError(f"{path}: no such file") from None
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureError(f"{path} is not a PNG or JPEG picture that can be read: {error}") from None
    rim = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    if np.median(rim) > 0.5:
        grey = 1 - grey
    grey = np.clip(grey - np.median(rim if np.median(rim) <= 0.5 else 1 - rim), 0, 1)
    if grey.max() < 0.1:
        raise PictureError(f"{path}: nothing is drawn in it, all pixels are alike")
    return _centred(grey / grey.max())


def _centred(grey: NDArray[Any]) -> NDArray[Any]:
    rows, columns = np.nonzero(grey > _INK)
    digit = grey[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    scale = _DIGIT_SIDE / max(digit.shape)
    size = [max(1, round(side * scale)) for side in digit.shape]
    small = Image.fromarray(digit).resize(
        (size[1], size[0]), Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR
    )
    digit = np.asarray(small, np.float32)
    total = digit.sum()
    row = round(_SIDE / 2 - 0.5 - (digit.sum(axis=1) @ np.arange(size[0])) / total)
    column = round(_SIDE / 2 - 0.5 - (digit.sum(axis=0) @ np.arange(size[1])) / total)
    row, column = (min(max(at, 0), _SIDE - side) for at, side in zip((row, column), size, strict=True))
    image = np.zeros((_SIDE, _SIDE, 1), np.float32)
    image[row : row + size[0], column : column + size[1], 0] = digit
    return image
