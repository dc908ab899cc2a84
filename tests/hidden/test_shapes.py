"""The hidden suite of `shapes`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import bad_input, expect_values, points, proves, same
from tests.oracles import shapes as oracle
from tests.strategies import few, kernels, paddings, strides

# VGG-16 with the output of each layer, and its weights and biases as the paper's reader counts them.
VGG16 = [
    (("conv", 3, 64), (224, 224, 64), 1_728 + 64),
    (("conv", 3, 64), (224, 224, 64), 36_864 + 64),
    (("pool", 2), (112, 112, 64), 0),
    (("conv", 3, 128), (112, 112, 128), 73_728 + 128),
    (("conv", 3, 128), (112, 112, 128), 147_456 + 128),
    (("pool", 2), (56, 56, 128), 0),
    (("conv", 3, 256), (56, 56, 256), 294_912 + 256),
    (("conv", 3, 256), (56, 56, 256), 589_824 + 256),
    (("conv", 3, 256), (56, 56, 256), 589_824 + 256),
    (("pool", 2), (28, 28, 256), 0),
    (("conv", 3, 512), (28, 28, 512), 1_179_648 + 512),
    (("conv", 3, 512), (28, 28, 512), 2_359_296 + 512),
    (("conv", 3, 512), (28, 28, 512), 2_359_296 + 512),
    (("pool", 2), (14, 14, 512), 0),
    (("conv", 3, 512), (14, 14, 512), 2_359_296 + 512),
    (("conv", 3, 512), (14, 14, 512), 2_359_296 + 512),
    (("conv", 3, 512), (14, 14, 512), 2_359_296 + 512),
    (("pool", 2), (7, 7, 512), 0),
    (("flatten",), (25_088,), 0),
    (("dense", 4096), (4096,), 102_760_448 + 4096),
    (("dense", 4096), (4096,), 16_777_216 + 4096),
    (("dense", 1000), (1000,), 4_096_000 + 1000),
]

# VGG for digits is the first four stages of VGG-16 over other sizes, and smaller dense layers.
VGG_FOR_DIGITS = [
    (("conv", 3, 64), (32, 32, 64), 576 + 64),
    (("conv", 3, 64), (32, 32, 64), 36_864 + 64),
    (("pool", 2), (16, 16, 64), 0),
    (("conv", 3, 128), (16, 16, 128), 73_728 + 128),
    (("conv", 3, 128), (16, 16, 128), 147_456 + 128),
    (("pool", 2), (8, 8, 128), 0),
    (("conv", 3, 256), (8, 8, 256), 294_912 + 256),
    (("conv", 3, 256), (8, 8, 256), 589_824 + 256),
    (("conv", 3, 256), (8, 8, 256), 589_824 + 256),
    (("pool", 2), (4, 4, 256), 0),
    (("conv", 3, 512), (4, 4, 512), 1_179_648 + 512),
    (("conv", 3, 512), (4, 4, 512), 2_359_296 + 512),
    (("conv", 3, 512), (4, 4, 512), 2_359_296 + 512),
    (("pool", 2), (2, 2, 512), 0),
    (("flatten",), (2048,), 0),
    (("dense", 4096), (4096,), 8_388_608 + 4096),
    (("dense", 10), (10,), 40_960 + 10),
]

small = st.integers(1, 5)
long_sizes, long_windows, long_strides = st.integers(1, 300), st.integers(1, 90), st.integers(1, 70)


@st.composite
def slides(draw, sizes, windows, strides):
    """An image, a window, strides and a padding: under VALID, the window fits into the image."""
    window, kind = draw(st.tuples(windows, windows)), draw(paddings)
    height, width = (draw(sizes) + (pixels - 1) * (kind == "VALID") for pixels in window)
    return (height, width, draw(small)), window, draw(st.tuples(strides, strides)), kind


small_slides = slides(st.integers(1, 12), kernels, strides)
long_slides = slides(long_sizes, long_windows, long_strides)

convolutions = st.tuples(st.just("conv"), small, small)
poolings = st.tuples(st.just("pool"), st.integers(1, 3))
dense_layers = st.tuples(st.just("dense"), small)
image_layers = st.lists(st.one_of(convolutions, poolings), max_size=4)
image_shapes = st.tuples(st.integers(1, 9), st.integers(1, 9), small)


@proves("conv_output_shape")
@points(2)
@given(slide=small_slides, filters=small)
def test_conv_output_shape_counts_positions(shapes, slide, filters):
    """Height and width are the positions of the kernel, each axis by itself; the channels are the filters."""
    image, kernel_size, steps, padding = slide
    expected = oracle.conv_output_shape(image, kernel_size, filters, steps, padding)
    assert shapes.conv_output_shape(image, kernel_size, filters, steps, padding) == same(expected)


@proves("conv_output_shape", "pool_output_shape")
@given(slide=long_slides, filters=st.integers(1, 500))
def test_large_images(shapes, slide, filters):
    """The formulas are the same for hundreds of pixels, large windows, large strides and many filters."""
    image, window, steps, padding = slide
    expected = oracle.conv_output_shape(image, window, filters, steps, padding)
    assert shapes.conv_output_shape(image, window, filters, steps, padding) == same(expected)
    assert shapes.pool_output_shape(*slide) == same(oracle.pool_output_shape(*slide))


square_slides = st.tuples(st.integers(7, 20), st.integers(7, 20), kernels, small)


@proves("conv_output_shape")
@few
@given(slide=square_slides, filters=small)
def test_a_square_kernel_at_stride_one(shapes, slide, filters):
    """VALID, stride 1: height and width lose kernel_size - 1; the channels are the filters."""
    height, width, size, channels = slide
    answer = shapes.conv_output_shape((height, width, channels), (size, size), filters, (1, 1), "VALID")
    assert answer == same((height - size + 1, width - size + 1, filters))


@proves("pool_output_shape")
@few
@given(slide=square_slides)
def test_a_square_window_moves_by_its_own_size(shapes, slide):
    """Where windows lie side by side and fill the image, its sizes are divided by the window's."""
    rows, columns, size, channels = slide
    image, window = (rows * size, columns * size, channels), (size, size)
    assert shapes.pool_output_shape(image, window, window, "VALID") == same((rows, columns, channels))


def test_convolution_by_default(shapes):
    """Without strides and padding, the stride is 1 and the padding SAME: height and width stay."""
    assert shapes.conv_output_shape((9, 6, 2), (4, 3), 5) == same((9, 6, 5))
    assert shapes.conv_output_shape((9, 6, 2), (4, 3), 5, strides=(2, 1)) == same((5, 6, 5))
    assert shapes.conv_output_shape((9, 6, 2), (4, 3), 5, padding="VALID") == same((6, 4, 5))


@proves("pool_output_shape")
@points(2)
@given(slide=small_slides)
def test_pool_output_shape_counts_positions(shapes, slide):
    """Height and width are the positions of the window, each axis by itself; the channels stay."""
    assert shapes.pool_output_shape(*slide) == same(oracle.pool_output_shape(*slide))


def test_pooling_windows_may_overlap(shapes):
    """VALID, 9 pixels, window 3, stride 2: positions begin at 0, 2, 4 and 6, so there are 4."""
    answer = shapes.pool_output_shape((9, 9, 6), pool_size=(3, 3), strides=(2, 2), padding="VALID")
    assert answer == same((4, 4, 6))


def test_a_window_as_large_as_the_image_fits(shapes):
    """VALID: a window as large as the image has one position."""
    assert shapes.conv_output_shape((4, 3, 2), (4, 3), 7, padding="VALID") == same((1, 1, 7))
    assert shapes.pool_output_shape((4, 3, 2), (4, 3), (2, 2), "VALID") == same((1, 1, 2))


def test_a_window_larger_than_the_image_with_padding(shapes):
    """SAME: zeros stand where the image ends, so a window larger than the image slides all the same."""
    assert shapes.conv_output_shape((2, 2, 1), (5, 5), 3) == same((2, 2, 3))
    assert shapes.pool_output_shape((1, 1, 8), (2, 2), (2, 2), "SAME") == same((1, 1, 8))


@proves("conv_parameters")
@points(4)
def test_conv_parameters_are_counted(shapes):
    """A filter has a weight for each pixel of the kernel in each input channel, and one bias."""
    for arguments in (((3, 3), 3, 64), ((5, 2), 4, 3), ((1, 1), 7, 2), ((2, 3), 1, 1), ((65, 300), 7, 12)):
        assert shapes.conv_parameters(*arguments) == same(oracle.conv_parameters(*arguments))


@proves("conv_parameters")
@given(kernel_size=st.tuples(kernels, kernels), in_channels=small, filters=st.integers(1, 64))
def test_each_filter_adds_the_same(shapes, kernel_size, in_channels, filters):
    """Every filter adds the same: height * width * in_channels weights and one bias."""
    one_filter = sum(
        1 for _ in range(kernel_size[0]) for _ in range(kernel_size[1]) for _ in range(in_channels)
    )
    assert shapes.conv_parameters(kernel_size, in_channels, filters) == same((one_filter * filters, filters))


@proves("conv_parameters")
@few
@given(kernel_size=st.tuples(kernels, kernels), in_channels=small, filters=st.integers(1, 64))
def test_weights_of_a_convolution(shapes, kernel_size, in_channels, filters):
    """A layer has height * width * in_channels * filters weights; the biases are counted apart."""
    weights, _ = expect_values(shapes.conv_parameters(kernel_size, in_channels, filters), 2)
    assert weights == same(kernel_size[0] * kernel_size[1] * in_channels * filters)


@proves("dense_parameters")
@points(4)
def test_dense_parameters_are_counted(shapes):
    """A unit has a weight for each input, and one bias."""
    for inputs, units in ((784, 10), (3, 8), (8, 3), (1, 1)):
        assert shapes.dense_parameters(inputs, units) == same(oracle.dense_parameters(inputs, units))


@proves("dense_parameters")
@few
@given(inputs=st.integers(1, 99), units=st.integers(1, 99))
def test_weights_of_a_dense_layer(shapes, inputs, units):
    """A layer has inputs * units weights; the biases are counted apart."""
    weights, _ = expect_values(shapes.dense_parameters(inputs, units), 2)
    assert weights == same(inputs * units)


def test_billions_of_parameters(shapes):
    """The numbers may be too large for 32 bits: 100,000 inputs to 50,000 units are 5,000,000,000 weights."""
    assert shapes.dense_parameters(100_000, 50_000) == same((5_000_000_000, 50_000))
    assert shapes.trace([("dense", 50_000)], (100_000,)) == same([("dense", (50_000,), 5_000_050_000)])


@proves("trace")
@points(2)
@given(images=image_layers, dense=st.lists(dense_layers, max_size=3), shape=image_shapes)
def test_trace_is_what_runs(shapes, images, dense, shape):
    """Each layer takes what the one before put out; its row counts its weights and biases together."""
    layers = [*images, ("flatten",), *dense]
    assert shapes.trace(layers, shape) == same(oracle.trace(layers, shape))


@proves("trace")
@given(images=image_layers, shape=image_shapes)
def test_trace_may_end_before_flattening(shapes, images, shape):
    """A network may be convolutions and pooling alone, or nothing; each takes what the one before put out."""
    assert shapes.trace(images, shape) == same(oracle.trace(images, shape))


@proves("trace")
def test_trace_of_dense_layers_only(shapes):
    """An input that is a row of numbers needs no flattening: 784 * 500 + 500 parameters come first."""
    rows = [("dense", (500,), 392_500), ("dense", (500,), 250_500), ("dense", (10,), 5_010)]
    assert shapes.trace([("dense", 500), ("dense", 500), ("dense", 10)], (784,)) == same(rows)


@proves("trace")
@pytest.mark.parametrize(
    ("table", "input_shape", "total"),
    [(VGG16, (224, 224, 3), 138_357_544), (VGG_FOR_DIGITS, (32, 32, 1), 16_067_786)],
    ids=["VGG16", "VGG_FOR_DIGITS"],
)
def test_trace_of_vgg(shapes, table, input_shape, total):
    """VGG has 138,357,544 parameters for photographs, 16,067,786 for digits: see the row that differs."""
    rows = shapes.trace([layer for layer, _, _ in table], input_shape)
    assert rows == same([(layer[0], shape, parameters) for layer, shape, parameters in table])
    counted = sum(expect_values(row, 3)[2] for row in expect_values(rows, len(table)))
    assert counted == same(total)


def is_refused(function, *arguments):
    """Return True if the function raises a ValueError, whatever its message."""
    try:
        function(*arguments)
    except ValueError:
        return True
    return False


def test_impossible_layers_are_refused(shapes):
    """No filters, and whatever output_size refuses: a window that does not fit, a stride of 0, other paddings."""
    for value in (0, -2):
        with bad_input("filters", value):
            shapes.conv_output_shape((5, 5, 1), (3, 3), value)
    for image, window, steps, padding in (
        ((5, 5, 1), (6, 2), (1, 1), "VALID"),
        ((5, 5, 1), (2, 6), (1, 1), "VALID"),
        ((0, 5, 1), (3, 3), (1, 1), "SAME"),
        ((5, 5, 1), (3, -2), (1, 1), "SAME"),
        ((5, 5, 1), (3, 3), (1, 0), "SAME"),
        ((5, 5, 1), (3, 3), (1, 1), "FULL"),
    ):
        conv = (image, window, 4, steps, padding)
        assert is_refused(shapes.conv_output_shape, *conv), "expected a ValueError"
        assert is_refused(shapes.pool_output_shape, image, window, steps, padding), "expected a ValueError"


def test_no_parameters_of_nothing(shapes):
    """No layer has 0 inputs, units, channels or filters: a ValueError names the argument and its value."""
    for value in (0, -2):
        with bad_input("kernel_size", value):
            shapes.conv_parameters((3, value), 2, 4)
        with bad_input("in_channels", value):
            shapes.conv_parameters((3, 3), value, 4)
        with bad_input("filters", value):
            shapes.conv_parameters((3, 3), 2, value)
        with bad_input("inputs", value):
            shapes.dense_parameters(value, 4)
        with bad_input("units", value):
            shapes.dense_parameters(4, value)


def test_layers_in_the_wrong_position(shapes):
    """A layer of unknown kind, or one that cannot take what comes in, is a ValueError that shows it."""
    for layers, wrong in (
        ([("conv", 3, 4), ("dropout", 2)], ("dropout", 2)),
        ([("conv", 3, 4), ("dense", 10)], ("dense", 10)),
        ([("flatten",), ("pool", 2)], ("pool", 2)),
        ([("flatten",), ("dense", 9), ("conv", 3, 4)], ("conv", 3, 4)),
        ([("flatten",), ("flatten",)], ("flatten",)),
    ):
        with bad_input("layer", wrong):
            shapes.trace(layers, (6, 6, 1))
    for value in (0, -2):
        with bad_input("input_shape", value):
            shapes.trace([("flatten",)], (6, value, 1))
        for layer in (("conv", value, 4), ("conv", 3, value), ("pool", value)):
            assert is_refused(shapes.trace, [("pool", 2), layer], (6, 6, 1)), "expected a ValueError"
        assert is_refused(shapes.trace, [("dense", value)], (6,)), "expected a ValueError"
