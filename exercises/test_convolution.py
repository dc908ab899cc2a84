"""The public suite of `convolution`: filters of a few weights, each sum written out."""

import numpy as np

from autograder import bad_input, close, points, same

NO_BIAS = np.zeros(1)


def image(*rows):
    """One image of one channel."""
    return np.array(rows, dtype=np.float32)[None, :, :, None]


def one_filter(*rows):
    """One filter, for one channel."""
    return np.array(rows, dtype=np.float32)[:, :, None, None]


def test_a_row(convolution):
    """[0 1 2 3] with [1 2]: 0*1 + 1*2 = 2, 1*1 + 2*2 = 5, 2*1 + 3*2 = 8."""
    row, kernel = np.array([0.0, 1.0, 2.0, 3.0]), np.array([1.0, 2.0])
    assert convolution.convolve_row(row, kernel) == close([2.0, 5.0, 8.0])


def test_a_kernel_as_long_as_the_row(convolution):
    """[1 2 3] with [10 20 30] has one position, 10 + 40 + 90 = 140; with the one weight 5 it has three."""
    row = np.array([1.0, 2.0, 3.0])
    assert convolution.convolve_row(row, np.array([10.0, 20.0, 30.0])) == close([140.0])
    assert convolution.convolve_row(row, np.array([5.0])) == close([5.0, 10.0, 15.0])


def test_fractions_in_a_row(convolution):
    """[0.25 0.5 70000] with [1 1]: 0.25 + 0.5 = 0.75 and 0.5 + 70000 = 70000.5."""
    row, kernel = np.array([0.25, 0.5, 70000.0]), np.array([1.0, 1.0])
    assert convolution.convolve_row(row, kernel) == close([0.75, 70000.5])


def test_kernels_that_do_not_fit_into_the_row(convolution):
    """A kernel of 3 weights has no position in a row of 2 pixels; one without weights finds nothing."""
    for weights in (3, 0):
        with bad_input("kernel"):
            convolution.convolve_row(np.ones(2), np.ones(weights))


@points(2)
def test_one_patch(convolution):
    """One position: 1*10 + 2*20 + 3*30 + 4*40 = 300. The filter is not turned around."""
    answer = convolution.conv2d(image([1, 2], [3, 4]), one_filter([10, 20], [30, 40]), NO_BIAS)
    assert answer == close(image([300]))


def test_the_kernel_slides(convolution):
    """A filter [1 -1] on [5 3 3 7]: 5-3 = 2, 3-3 = 0, 3-7 = -4."""
    assert convolution.conv2d(image([5, 3, 3, 7]), one_filter([1, -1]), NO_BIAS) == close(image([2, 0, -4]))


def test_fractions(convolution):
    """A filter [1 1] on [0.25 0.5 70000]: 0.75 and 70000.5. Neither whole numbers nor float16 can hold both."""
    answer = convolution.conv2d(image([0.25, 0.5, 70000]), one_filter([1, 1]), NO_BIAS)
    assert answer == close(image([0.75, 70000.5]))


def test_strides_skip_positions(convolution):
    """Strides (1, 2), filter [1 1] on [1 2 3 4 5]: 1+2 = 3 and 3+4 = 7. The 5 is left over."""
    answer = convolution.conv2d(image([1, 2, 3, 4, 5]), one_filter([1, 1]), NO_BIAS, strides=(1, 2))
    assert answer == close(image([3, 7]))


def test_down_comes_first(convolution):
    """Strides (2, 1), a filter of one weight: every second row, every column."""
    answer = convolution.conv2d(image([1, 2, 3], [4, 5, 6], [7, 8, 9]), one_filter([1]), NO_BIAS, (2, 1))
    assert answer == close(image([1, 2, 3], [7, 8, 9]))


@points(2)
def test_the_depth_is_added_up(convolution):
    """One pixel with channels 1 2 3, two filters 1 1 1 and 1 0 -1: 1+2+3 = 6 and 1-3 = -2; biases 10, 20."""
    pixel = np.array([1.0, 2.0, 3.0]).reshape(1, 1, 1, 3)
    kernel = np.array([[1.0, 1.0], [1.0, 0.0], [1.0, -1.0]]).reshape(1, 1, 3, 2)
    answer = convolution.conv2d(pixel, kernel, np.array([10.0, 20.0]))
    assert answer == close(np.array([16.0, 18.0]).reshape(1, 1, 1, 2))


def test_a_bias_is_added_once(convolution):
    """A filter [1 1] with bias 10 on [1 2 3]: 1+2 + 10 = 13, 2+3 + 10 = 15."""
    answer = convolution.conv2d(image([1, 2, 3]), one_filter([1, 1]), np.array([10.0]))
    assert answer == close(image([13, 15]))


def test_each_image_by_itself(convolution):
    """A batch of two images of one pixel, 3 and 5, and a filter of one weight, 2: 6 and 10."""
    batch = np.array([3.0, 5.0]).reshape(2, 1, 1, 1)
    answer = convolution.conv2d(batch, one_filter([2]), NO_BIAS)
    assert answer == close(np.array([6.0, 10.0]).reshape(2, 1, 1, 1))


def test_same_is_zeros_first(convolution):
    """SAME, filter [1 10 100] on [1 2 3]: the image becomes [0 1 2 3 0]; 0+10+200 = 210, 321, 2+30+0 = 32."""
    padded = np.pad(image([1, 2, 3]), ((0, 0), (0, 0), (1, 1), (0, 0)))
    assert convolution.conv2d(padded, one_filter([1, 10, 100]), NO_BIAS) == close(image([210, 321, 32]))


def test_what_does_not_fit(convolution):
    """ValueError: a kernel for 2 channels on an image of 1, or for 1 on 2; a kernel too wide, a stride of 0."""
    for channels, others in ((1, 2), (2, 1)):
        with bad_input("kernel", (1, 1, others, 1)):
            convolution.conv2d(np.ones((1, 1, 2, channels)), np.ones((1, 1, others, 1)), NO_BIAS)
    for kernel, strides in ((one_filter([1, 1, 1]), (1, 1)), (one_filter([1]), (0, 1))):
        with bad_input():
            convolution.conv2d(image([1, 2]), kernel, NO_BIAS, strides)


def test_vertical_edges(convolution):
    """Ones left of the middle, zeros in it, minus ones right of it."""
    assert convolution.vertical_edge_filter() == same(one_filter([1, 0, -1], [1, 0, -1], [1, 0, -1]))
    assert convolution.vertical_edge_filter(5) == same(one_filter(*[[1, 1, 0, -1, -1]] * 5))


def test_even_edge_filters_are_refused(convolution):
    """A size of 4 has no middle column, a size of 1 no sides: ValueError with `size` and its value."""
    for size in (4, 1):
        with bad_input("size", size):
            convolution.vertical_edge_filter(size)
