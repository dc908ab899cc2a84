"""Data augmentation: random changes of the images, so that a network never sees the same image twice."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

_MOST_PIXELS = 2.0
_MOST_DEGREES = 10.0
_MOST_SCALE = 0.1


def augmented(images: Any, seed: Any) -> Any:
    """Shift, rotate and scale each image a little, at random.

    Up to 2 pixels in each direction, 10 degrees and 10 % of the size: too little to turn one digit into
    another.

    Args:
        images: a tensor, `batch height width channels`.
        seed: two integers; the same seed gives the same images.

    Returns:
        A tensor of the same shape and dtype. Pixels from outside an image are 0.
    """
    size = tf.shape(images)[0]
    # One draw for all: a row for each image.
    chance = tf.random.stateless_uniform((size, 4), seed, -1.0, 1.0)
    angle = chance[:, 0] * (_MOST_DEGREES * 3.14159265 / 180)
    scale = 1 + chance[:, 1] * _MOST_SCALE
    cosine, sine = tf.cos(angle) / scale, tf.sin(angle) / scale
    height, width = images.shape[1], images.shape[2]
    middle_x, middle_y = (width - 1) / 2, (height - 1) / 2
    # The source of each pixel of the new image: rotated and scaled about the centre, then shifted.
    from_x = middle_x + chance[:, 2] * _MOST_PIXELS - cosine * middle_x + sine * middle_y
    from_y = middle_y + chance[:, 3] * _MOST_PIXELS - sine * middle_x - cosine * middle_y
    nothing = tf.zeros_like(angle)
    transforms = tf.stack([cosine, -sine, from_x, sine, cosine, from_y, nothing, nothing], axis=1)
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=images,
        transforms=transforms,
        output_shape=tf.constant([height, width]),
        fill_value=0.0,
        interpolation="BILINEAR",
        fill_mode="CONSTANT",
    )
