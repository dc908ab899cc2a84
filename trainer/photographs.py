"""Convert a picture of a digit to the format of the training images."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from trainer import TrainerError

_SIDE = 28
# MNIST digits fit into 20x20 pixels; their centre of mass is at the centre of 28x28.
_DIGIT_SIDE = 20
# Pixels darker than this fraction of the brightest pixel are background.
_INK = 0.2
_MOST_PIXELS = 100_000_000


class PictureError(TrainerError):
    """A picture cannot be used."""


def read_picture(path: Path) -> NDArray[Any]:
    """Return a picture of one digit in the format of the training images.

    Colours become grey. If the border is bright, like paper, the picture is inverted. The digit is cropped,
    scaled so that its longer side has 20 pixels, and centred by its centre of mass.

    Args:
        path: a PNG or JPEG file of any size.

    Returns:
        float32, shape (28, 28, 1), 0 to 1, bright on dark.

    Raises:
        PictureError: if the file does not exist, is not a picture, or is blank.
    """
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as opened:
            picture: Image.Image = opened
            if picture.width * picture.height > _MOST_PIXELS:
                raise PictureError(f"{path} has {picture.width} by {picture.height} pixels: make it smaller")
            # Transparent pixels become white.
            picture = picture.convert("RGBA")
            paper = Image.new("RGBA", picture.size, "white")
            grey = np.asarray(Image.alpha_composite(paper, picture).convert("L"), np.float32) / 255
    except FileNotFoundError:
        raise PictureError(f"{path}: no such file") from None
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureError(f"{path} cannot be read as a PNG or JPEG picture: {error}") from None
    rim = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    if np.median(rim) > 0.5:
        grey = 1 - grey
    grey = np.clip(grey - np.median(rim if np.median(rim) <= 0.5 else 1 - rim), 0, 1)
    if grey.max() < 0.1:
        raise PictureError(f"{path}: the picture is blank: all pixels are about the same")
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
