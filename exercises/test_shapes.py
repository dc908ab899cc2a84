"""The public suite of `shapes`: what to get right first, each case small enough for pencil and paper."""

from autograder import bad_input, points, same

CNN = [
    ("conv", 5, 16),
    ("pool", 2),
    ("conv", 5, 36),
    ("pool", 2),
    ("flatten",),
    ("dense", 128),
    ("dense", 10),
]


@points(2)
def test_each_filter_makes_a_channel(shapes):
    """SAME, stride 1: height and width stay, and the channels are the 16 filters, not the input's 3."""
    assert shapes.conv_output_shape((28, 28, 3), (5, 5), 16) == same((28, 28, 16))


def test_valid_conv_shrinks(shapes):
    """VALID: a kernel 5 high and 3 wide has 28 - 5 + 1 = 24 places down and 28 - 3 + 1 = 26 to the right."""
    assert shapes.conv_output_shape((28, 28, 1), (5, 3), 16, padding="VALID") == same((24, 26, 16))


def test_strides_are_down_then_right(shapes):
    """SAME, strides (2, 3): ceil(7 / 2) = 4 places down, ceil(9 / 3) = 3 to the right."""
    assert shapes.conv_output_shape((7, 9, 3), (3, 3), 8, strides=(2, 3)) == same((4, 3, 8))


def test_a_pool_keeps_the_channels(shapes):
    """Windows of 2 by 2, stride 2: half as many rows and columns, all 16 channels."""
    assert shapes.pool_output_shape((28, 28, 16), (2, 2), (2, 2), "SAME") == same((14, 14, 16))


def test_a_pool_of_an_odd_size(shapes):
    """7 pixels, window 2, stride 2: SAME has ceil(7 / 2) = 4 places, VALID ceil((7 - 2 + 1) / 2) = 3."""
    assert shapes.pool_output_shape((7, 7, 36), (2, 2), (2, 2), "SAME") == same((4, 4, 36))
    assert shapes.pool_output_shape((7, 7, 36), (2, 2), (2, 2), "VALID") == same((3, 3, 36))


@points(2)
def test_parameters_of_a_conv_layer(shapes):
    """64 filters of 3 by 3 over 3 channels: 3 * 3 * 3 * 64 = 1728 weights, and a bias for each filter: 64."""
    assert shapes.conv_parameters((3, 3), 3, 64) == same((1728, 64))


def test_parameters_of_a_fully_connected_layer(shapes):
    """784 inputs, 10 units: 784 * 10 = 7840 weights, and a bias for each unit: 10."""
    assert shapes.dense_parameters(784, 10) == same((7840, 10))


def test_trace_hands_the_shape_on(shapes):
    """A layer takes what the one before put out: after 16 channels, 5 * 5 * 16 * 36 + 36 = 14436."""
    rows = [("conv", (28, 28, 16), 416), ("pool", (14, 14, 16), 0), ("conv", (14, 14, 36), 14436)]
    assert shapes.trace(CNN[:3], (28, 28, 1)) == same(rows)


@points(2)
def test_trace_of_the_whole_network(shapes):
    """Flattening 7 * 7 * 36 numbers makes 1764; 1764 * 128 + 128 = 225920; 128 * 10 + 10 = 1290."""
    rows = [
        ("conv", (28, 28, 16), 416),
        ("pool", (14, 14, 16), 0),
        ("conv", (14, 14, 36), 14436),
        ("pool", (7, 7, 36), 0),
        ("flatten", (1764,), 0),
        ("dense", (128,), 225920),
        ("dense", (10,), 1290),
    ]
    assert shapes.trace(CNN, (28, 28, 1)) == same(rows)


def test_wrong_arguments_are_named(shapes):
    """No filters, or a window that does not fit: a ValueError names the argument and its value."""
    with bad_input("filters", 0):
        shapes.conv_output_shape((28, 28, 1), (5, 5), 0)
    with bad_input("pool_size", (8, 8)):
        shapes.pool_output_shape((7, 7, 1), (8, 8), (2, 2), "VALID")


def test_a_fully_connected_layer_needs_a_flat_input(shapes):
    """A dense layer takes a row of numbers, not an image: no "flatten" before it is a ValueError."""
    with bad_input("layer", ("dense", 10)):
        shapes.trace([("conv", 3, 4), ("dense", 10)], (6, 6, 1))
