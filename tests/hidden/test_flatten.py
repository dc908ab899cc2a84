"""The hidden suite of `flatten`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, expect_array, expect_values, points, proves, same, tensors
from autograder.protocol import plain
from tests.oracles import flatten as oracle
from tests.strategies import arrays, few, images

image_shapes = st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(1, 3))

# Neither whole numbers nor float16 nor float32 hold all of them.
NUMBERS = np.array([0.1, -0.0, 1 / 3, -2.5, 1e6 + 0.1, -1e6, 1e-12, -3e-12, 0.7, 255.5, -1 / 7])


def numbered(*shape):
    """An array of that shape whose numbers all differ, in the order of reading."""
    return np.arange(np.prod(shape), dtype=np.float32).reshape(shape)


@st.composite
def rows_and_shapes(draw):
    """Rows of numbers, and the shape (height, width, channels) of the images in them."""
    height, width, channels = shape = draw(image_shapes)
    return draw(arrays((draw(st.integers(0, 3)), height * width * channels))), shape


@proves("flatten")
@points(2)
@given(layer=images())
def test_flatten_reads_row_by_row(flatten, layer):
    """flat[n, (row * width + column) * channels + channel] is layer[n, row, column, channel]."""
    assert flatten.flatten(layer) == same(oracle.flatten(layer))


@proves("flatten")
@points(4)
def test_every_example_keeps_its_row(flatten):
    """Every example keeps a row of its own, and a row has height * width * channels features."""
    for shape in ((2, 3, 4, 5), (1, 7, 7, 36), (4, 1, 1, 1), (3, 1, 1, 8), (2, 65, 3, 1), (3, 2, 300, 4)):
        layer = numbered(*shape)
        assert flatten.flatten(layer) == same(oracle.flatten(layer))


@proves("flatten")
@few
@given(row=arrays(st.tuples(st.just(1), st.integers(1, 9))))
def test_an_image_of_one_column(flatten, row):
    """An image one pixel wide, of one channel, is a row already, whatever the order of reading."""
    assert flatten.flatten(row[:, :, None, None]) == same((row, row.size))


@proves("unflatten")
@few
@given(row=arrays(st.tuples(st.just(1), st.integers(1, 9))))
def test_a_row_becomes_one_column(flatten, row):
    """A row becomes an image one pixel wide, of one channel, whatever the order of reading."""
    assert flatten.unflatten(row, (row.size, 1, 1)) == same(row[:, :, None, None])


@given(layer=images(), chosen=st.integers(0, 2))
def test_examples_stay_apart(flatten, layer, chosen):
    """An example's row does not depend on the rest of the batch: flattened by itself it is the same."""
    one = chosen % len(layer)
    flat, _ = expect_values(flatten.flatten(layer), 2)
    row = expect_array(flat, (len(layer), layer[0].size))[one : one + 1]
    assert flatten.flatten(layer[one : one + 1]) == same((row, layer[0].size))


@pytest.mark.parametrize("shape", [(0, 2, 3, 4), (0, 1, 1, 1)])
def test_no_images_make_no_rows(flatten, shape):
    """An empty batch has no rows, but as many features as any other: (0, height * width * channels)."""
    features = shape[1] * shape[2] * shape[3]
    assert flatten.flatten(np.zeros(shape)) == same((np.zeros((0, features)), features))
    assert flatten.unflatten(np.zeros((0, features)), shape[1:]) == same(np.zeros(shape))


@proves("flatten", "unflatten")
@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float64])
def test_numbers_stay_what_they_are(flatten, dtype):
    """Pixels of 0 to 255 and large numbers come through unchanged, whatever the dtype."""
    layer = np.array([0, 1, 128, 255, 2, 254], dtype).reshape(1, 2, 1, 3)
    if dtype != np.uint8:
        layer = layer * 16_777_217  # 2 ** 24 + 1 does not fit into a float32
    assert flatten.flatten(layer) == same((layer.reshape(1, 6), 6))
    assert flatten.unflatten(layer.reshape(1, 6), (2, 1, 3)) == same(layer)


@proves("flatten", "unflatten")
@given(shape=st.tuples(st.integers(1, 5), st.integers(1, 9), st.integers(1, 70), st.integers(1, 4)))
def test_fractions_stay_what_they_are(flatten, shape):
    """Fractions, large and small numbers come through unchanged, in images that are wide too."""
    layer = np.random.default_rng(1).choice(NUMBERS, shape)
    flat, features = oracle.flatten(layer)
    assert flatten.flatten(layer) == same((flat, features))
    assert flatten.unflatten(flat, shape[1:]) == same(layer)


@proves("unflatten")
@points(2)
@given(case=rows_and_shapes())
def test_unflatten_finds_each_position(flatten, case):
    """images[n, row, column, channel] is flat[n, (row * width + column) * channels + channel]."""
    flat, shape = case
    assert flatten.unflatten(flat, shape) == same(oracle.unflatten(flat, shape))


@proves("unflatten")
@points(3)
def test_every_row_makes_one_image(flatten):
    """Each row makes one image of that height, width and channels, in this order."""
    for shape in ((3, 4, 5), (7, 7, 36), (1, 6, 2), (65, 3, 1), (2, 300, 4)):
        flat = numbered(2, shape[0] * shape[1] * shape[2])
        assert flatten.unflatten(flat, shape) == same(oracle.unflatten(flat, shape))


@given(layer=images())
def test_unflatten_undoes_flatten(flatten, layer):
    """Flattening and unflattening gives the same images."""
    flat, _ = expect_values(flatten.flatten(layer), 2)
    flat = expect_array(flat, (len(layer), layer[0].size))
    assert flatten.unflatten(flat, layer.shape[1:]) == same(layer)


def test_layers_without_four_axes_are_refused(flatten):
    """A layer that has not the axes batch, height, width, channels is a ValueError that names its shape."""
    for shape in ((6,), (2, 6), (2, 3, 6), (1, 2, 3, 1, 1)):
        with bad_input("layer", shape):
            flatten.flatten(np.ones(shape))


def test_sizes_that_do_not_agree_are_refused(flatten):
    """A row makes exactly one image, of sizes that are at least 1: else a ValueError names `shape`."""
    for features, shape in (
        (12, (2, 2, 1)),
        (12, (2, 2, 6)),
        (4, (2, 2, 3)),
        (6, (-2, -3, 1)),
        (12, (-1, 2, 2)),
        (6, (2, 3, 0)),
        (0, (2, 3, 0)),
    ):
        with bad_input("shape", shape):
            flatten.unflatten(np.ones((6, features)), shape)


@tensors
@proves("flatten", "unflatten")
def test_tensors_at_once(flatten):
    """A TensorFlow tensor is flattened and unflattened as an array is."""
    layer = numbered(3, 3, 2, 4)
    flat, features = oracle.flatten(layer)
    assert flatten.flatten(plain.Tensor(layer)) == same((flat, features))
    assert flatten.unflatten(plain.Tensor(flat), (3, 2, 4)) == same(layer)


@tensors
@proves("flatten", "unflatten")
def test_tensors_in_a_graph(flatten):
    """Inside tf.function a tensor has a shape but no numbers yet: use what both libraries have."""
    layer = numbered(3, 3, 2, 4)
    flat, features = oracle.flatten(layer)
    assert flatten.in_graph.flatten(layer) == same((flat, features))
    assert flatten.in_graph.unflatten(flat, (3, 2, 4)) == same(layer)


@tensors
@proves("flatten", "unflatten")
@points(6)
def test_unknown_batch_size(flatten):
    """In a network built before it sees a batch, layer.shape[0] is None: let -1 stand for the batch size."""
    for batch in (3, 1, 0):
        layer = numbered(batch, 3, 2, 4)
        flat, features = oracle.flatten(layer)
        assert flatten.in_graph_any_batch.flatten(layer) == same((flat, features))
        assert flatten.in_graph_any_batch.unflatten(flat, (3, 2, 4)) == same(layer)


@tensors
def test_tensors_are_checked_too(flatten):
    """A tensor without four axes, and rows of 12 for images of 2 * 2 * 1, are ValueErrors as for arrays."""
    with bad_input("layer", (2, 3, 6)):
        flatten.in_graph.flatten(np.ones((2, 3, 6), np.float32))
    for module in (flatten.in_graph, flatten.in_graph_any_batch):
        with bad_input("shape", (2, 2, 1)):
            module.unflatten(np.ones((2, 12), np.float32), (2, 2, 1))
