"""The public suite of `flatten`: what to get right first, each case small enough for pencil and paper."""

import numpy as np

from autograder import bad_input, points, same, tensors

# Three images of 2 by 2 pixels with 2 channels; the numbers are in the order of reading.
IMAGES = np.array(
    [
        [[[0, 1], [2, 3]], [[4, 5], [6, 7]]],
        [[[10, 11], [12, 13]], [[14, 15], [16, 17]]],
        [[[20, 21], [22, 23]], [[24, 25], [26, 27]]],
    ]
)
ROWS = np.array(
    [[0, 1, 2, 3, 4, 5, 6, 7], [10, 11, 12, 13, 14, 15, 16, 17], [20, 21, 22, 23, 24, 25, 26, 27]]
)


@points(2)
def test_each_image_becomes_a_row(flatten):
    """Three images of 2 * 2 * 2 = 8 numbers make three rows of 8, read pixel by pixel, row by row."""
    assert flatten.flatten(IMAGES) == same((ROWS, 8))


def test_channels_count_as_features(flatten):
    """7 * 7 pixels with 36 channels are 7 * 7 * 36 = 1764 features, however many images there are."""
    assert flatten.flatten(np.zeros((3, 7, 7, 36))) == same((np.zeros((3, 1764)), 1764))


def test_a_wide_image(flatten):
    """One row of 300 pixels with 2 channels is 1 * 300 * 2 = 600 features, in the order that they have."""
    numbers = np.arange(600)
    assert flatten.flatten(numbers.reshape(1, 1, 300, 2)) == same((numbers.reshape(1, 600), 600))


def test_one_image_is_a_batch_too(flatten):
    """One image makes one row: the result has shape (1, 6), not (6,)."""
    assert flatten.flatten(np.ones((1, 2, 3, 1))) == same((np.ones((1, 6)), 6))


def test_an_empty_batch(flatten):
    """No images make no rows, and a row would still have 2 * 2 * 3 = 12 features; and back."""
    assert flatten.flatten(np.ones((0, 2, 2, 3))) == same((np.ones((0, 12)), 12))
    assert flatten.unflatten(np.ones((0, 12)), (2, 2, 3)) == same(np.ones((0, 2, 2, 3)))


def test_numbers_stay_what_they_are(flatten):
    """0.1, one million and one trillionth stay exactly what they are, in float64 too."""
    pixels = np.array([0.1, 1e6, 1e-12])
    assert flatten.flatten(pixels.reshape(1, 1, 3, 1)) == same((pixels.reshape(1, 3), 3))
    assert flatten.unflatten(pixels.reshape(1, 3), (1, 3, 1)) == same(pixels.reshape(1, 1, 3, 1))


def test_a_layer_without_channels_is_refused(flatten):
    """A layer of shape (5, 7, 7) lacks an axis: ValueError, and its message says `layer` and the shape."""
    with bad_input("layer", (5, 7, 7)):
        flatten.flatten(np.ones((5, 7, 7)))


@points(2)
def test_unflatten_makes_images_again(flatten):
    """A row of 8 numbers makes an image of 2 by 2 pixels with 2 channels, in the same order."""
    assert flatten.unflatten(ROWS, (2, 2, 2)) == same(IMAGES)


def test_height_comes_before_width(flatten):
    """Six numbers as (2, 3, 1): 2 rows of 3 pixels, the first row being 1, 2, 3."""
    image = np.array([[1, 2, 3], [4, 5, 6]]).reshape(1, 2, 3, 1)
    assert flatten.unflatten(np.array([[1, 2, 3, 4, 5, 6]]), (2, 3, 1)) == same(image)


def test_sizes_must_agree(flatten):
    """A row of 12 is no image of 2 * 2 * 1 = 4 numbers, and no image has a height of -2: ValueErrors."""
    with bad_input("shape", (2, 2, 1)):
        flatten.unflatten(np.ones((2, 12)), (2, 2, 1))
    with bad_input("shape", (-2, -3, 1)):
        flatten.unflatten(np.ones((2, 6)), (-2, -3, 1))


@tensors
def test_tensors_of_an_unknown_batch_size(flatten):
    """Inside tf.function the batch size may be None: 3 images of 2 * 2 * 2 still make rows of 8, and back."""
    assert flatten.in_graph_any_batch.flatten(IMAGES) == same((ROWS, 8))
    assert flatten.in_graph_any_batch.unflatten(ROWS, (2, 2, 2)) == same(IMAGES)
