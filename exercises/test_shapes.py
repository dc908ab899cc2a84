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


def is_refused(function, *arguments):
    """Return True if the function raises a ValueError, whatever its message."""
    try:
        function(*arguments)
    except ValueError:
        return True
    return False


@points(2)
def test_each_filter_makes_a_channel(shapes):
    """SAME, stride 1: height and width stay, and the channels are the 16 filters, not the input's 3."""
    assert shapes.conv_output_shape((28, 28, 3), (5, 5), 16) == same((28, 28, 16))


def test_valid_conv_shrinks(shapes):
    """VALID: a kernel 5 high and 3 wide has 28 - 5 + 1 = 24 positions down and 28 - 3 + 1 = 26 to the right."""
    assert shapes.conv_output_shape((28, 28, 1), (5, 3), 16, padding="VALID") == same((24, 26, 16))


def test_strides_are_down_then_right(shapes):
    """SAME, strides (2, 3): ceil(7 / 2) = 4 positions down, ceil(9 / 3) = 3 to the right."""
    assert shapes.conv_output_shape((7, 9, 3), (3, 3), 8, strides=(2, 3)) == same((4, 3, 8))


def test_a_pool_keeps_the_channels(shapes):
    """Windows of 2 by 2, stride 2: ceil(28 / 2) = 14 rows and columns, and all 16 channels."""
    assert shapes.pool_output_shape((28, 28, 16), (2, 2), (2, 2), "SAME") == same((14, 14, 16))


def test_a_pool_of_an_odd_size(shapes):
    """7 pixels, window 2, stride 2: SAME has ceil(7 / 2) = 4 positions, VALID ceil((7 - 2 + 1) / 2) = 3."""
    assert shapes.pool_output_shape((7, 7, 36), (2, 2), (2, 2), "SAME") == same((4, 4, 36))
    assert shapes.pool_output_shape((7, 7, 36), (2, 2), (2, 2), "VALID") == same((3, 3, 36))


def test_a_pool_may_overlap(shapes):
    """VALID, window 3, strides (2, 1): ceil((9 - 3 + 1) / 2) = 4 positions down, 8 - 3 + 1 = 6 to the right."""
    assert shapes.pool_output_shape((9, 8, 5), (3, 3), (2, 1), "VALID") == same((4, 6, 5))


def test_a_window_larger_than_the_image(shapes):
    """SAME pads: a window of 5 has ceil(2 / 1) = 2 positions in 2 pixels. VALID does not: ValueError."""
    assert shapes.conv_output_shape((2, 2, 1), (5, 5), 3) == same((2, 2, 3))
    assert is_refused(shapes.conv_output_shape, (2, 2, 1), (5, 5), 3, (1, 1), "VALID"), (
        "expected a ValueError"
    )
    assert is_refused(shapes.pool_output_shape, (7, 7, 1), (8, 8), (2, 2), "VALID"), "expected a ValueError"


@points(2)
def test_parameters_of_a_conv_layer(shapes):
    """64 filters of 3 by 3 over 3 channels: 3 * 3 * 3 * 64 = 1728 weights, and a bias for each filter: 64."""
    assert shapes.conv_parameters((3, 3), 3, 64) == same((1728, 64))


def test_a_kernel_that_is_not_square(shapes):
    """4 filters of 5 by 2 over 3 channels: 5 * 2 * 3 * 4 = 120 weights and 4 biases."""
    assert shapes.conv_parameters((5, 2), 3, 4) == same((120, 4))


def test_parameters_of_a_fully_connected_layer(shapes):
    """784 inputs, 10 units: 784 * 10 = 7840 weights, and a bias for each unit: 10."""
    assert shapes.dense_parameters(784, 10) == same((7840, 10))


def test_many_parameters(shapes):
    """100,000 inputs, 50,000 units: 100,000 * 50,000 = 5,000,000,000 weights, more than 32 bits can hold."""
    assert shapes.dense_parameters(100_000, 50_000) == same((5_000_000_000, 50_000))


def test_trace_hands_the_shape_on(shapes):
    """A layer takes what the one before put out: after 16 channels, 5 * 5 * 16 * 36 + 36 = 14436."""
    rows = [("conv", (28, 28, 16), 416), ("pool", (14, 14, 16), 0), ("conv", (14, 14, 36), 14436)]
    assert shapes.trace(CNN[:3], (28, 28, 1)) == same(rows)


def test_a_pool_in_trace_has_its_size_as_stride(shapes):
    """("pool", 3) over 7 by 5 pixels: SAME, stride 3, so ceil(7 / 3) = 3 by ceil(5 / 3) = 2."""
    assert shapes.trace([("pool", 3)], (7, 5, 4)) == same([("pool", (3, 2, 4), 0)])


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


def test_a_row_of_numbers_is_flat(shapes):
    """784 features: 784 * 500 + 500 = 392500, then 500 * 10 + 10 = 5010; and no layers make no rows."""
    rows = [("dense", (500,), 392500), ("dense", (10,), 5010)]
    assert shapes.trace([("dense", 500), ("dense", 10)], (784,)) == same(rows)
    assert shapes.trace([], (784,)) == same([])


def test_wrong_arguments_are_named(shapes):
    """No filters, inputs or units: a ValueError names the argument and its value."""
    with bad_input("filters", 0):
        shapes.conv_output_shape((28, 28, 1), (5, 5), 0)
    with bad_input("in_channels", 0):
        shapes.conv_parameters((5, 5), 0, 16)
    with bad_input("units", 0):
        shapes.dense_parameters(784, 0)
    with bad_input("input_shape", 0):
        shapes.trace([("flatten",)], (0, 6, 1))


def test_what_cannot_take_its_input(shapes):
    """A dense layer takes a row of numbers, other layers an image, and "relu" is no layer: ValueErrors."""
    for before, wrong in (
        (("conv", 3, 4), ("dense", 10)),
        (("flatten",), ("pool", 2)),
        (("pool", 2), ("relu", 1)),
    ):
        with bad_input("layer", wrong):
            shapes.trace([before, wrong], (6, 6, 1))
    assert is_refused(shapes.trace, [("pool", 0)], (6, 6, 1)), "expected a ValueError"
