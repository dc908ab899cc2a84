"""The public suite of `backpropagation`: small layers for pencil and paper, then each layer by finite differences."""

import numpy as np

from autograder import close, points, same


def image(*rows):
    """One image of one channel."""
    return np.array(rows, dtype=np.float64)[None, :, :, None]


def fractions(*shapes):
    """Arrays of random numbers with a fraction, the same at each run."""
    rng = np.random.default_rng(2)
    return [rng.integers(-36, 37, shape) / 8 for shape in shapes]


def slopes(loss, x, epsilon=1e-6):
    """How fast the loss grows with each number of x: (loss(x + epsilon) - loss(x - epsilon)) / (2 * epsilon)."""
    found = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[index] = epsilon
        found[index] = (loss(x + step) - loss(x - step)) / (2 * epsilon)
    return found


# The dense layer


def test_one_example_one_unit(backpropagation):
    """Inputs 1 and 2, weights 3 and 4, gradient 10. Inputs: 3*10, 4*10. Weights: 1*10, 2*10. Bias: 10."""
    answer = backpropagation.dense_gradients(
        np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), np.array([[10.0]])
    )
    assert answer == close((np.array([[30.0, 40.0]]), np.array([[10.0], [20.0]]), np.array([10.0])))


def test_an_input_of_two_units_gets_the_sum(backpropagation):
    """Input 2, weights 3 and 4, gradients 10 and 100. Input: 3*10 + 4*100 = 430. Weights: 2*10, 2*100."""
    answer = backpropagation.dense_gradients(
        np.array([[2.0]]), np.array([[3.0, 4.0]]), np.array([[10.0, 100.0]])
    )
    assert answer == close((np.array([[430.0]]), np.array([[20.0, 200.0]]), np.array([10.0, 100.0])))


def test_a_weight_gets_the_sum_over_the_batch(backpropagation):
    """Inputs 1 and 2 of two examples, gradients 10 and 100. Weight: 1*10 + 2*100 = 210. Bias: 10 + 100 = 110."""
    answer = backpropagation.dense_gradients(
        np.array([[1.0], [2.0]]), np.array([[3.0]]), np.array([[10.0], [100.0]])
    )
    assert answer == close((np.array([[30.0], [300.0]]), np.array([[210.0]]), np.array([110.0])))


@points(2)
def test_matrix_product_by_finite_differences(backpropagation):
    """4 examples, 3 inputs, 2 units: (loss(x + epsilon) - loss(x - epsilon)) / (2 * epsilon) for every number."""
    inputs, kernel, bias, gradient = fractions((4, 3), (3, 2), (2,), (4, 2))

    # Its gradient with respect to the outputs is `gradient`, whatever the outputs.
    def loss(inputs, kernel, bias):
        return ((inputs @ kernel + bias) * gradient).sum()

    answer = backpropagation.dense_gradients(inputs, kernel, gradient)
    assert answer == close(
        (
            slopes(lambda x: loss(x, kernel, bias), inputs),
            slopes(lambda x: loss(inputs, x, bias), kernel),
            slopes(lambda x: loss(inputs, kernel, x), bias),
        )
    )


# ReLU


def test_relu_lets_positive_inputs_pass(backpropagation):
    """Inputs -2, 0, 0.5, 3: only the last two pass their gradients, -30 and 40. At 0 nothing passes."""
    inputs, gradient = np.array([[-2.0, 0.0], [0.5, 3.0]]), np.array([[10.0, 20.0], [-30.0, 40.0]])
    assert backpropagation.relu_gradient(inputs, gradient) == same(np.array([[0.0, 0.0], [-30.0, 40.0]]))


def test_relu_by_finite_differences(backpropagation):
    """The slope of max(x, 0), measured on both sides of every input, times the gradient."""
    inputs, gradient = fractions((2, 3, 4), (2, 3, 4))
    inputs[inputs == 0] = -0.25
    expected = slopes(lambda x: (np.maximum(x, 0) * gradient).sum(), inputs)
    assert backpropagation.relu_gradient(inputs, gradient) == close(expected)


# Softmax and cross-entropy


def test_the_right_class_lacks_something(backpropagation):
    """Probabilities 1/2, 1/3, 1/6, and the second class is right: 1/2, 1/3 - 1 = -2/3, 1/6."""
    answer = backpropagation.softmax_cross_entropy_gradient(
        np.array([[1 / 2, 1 / 3, 1 / 6]]), np.array([[0.0, 1.0, 0.0]])
    )
    assert answer == close(np.array([[1 / 2, -2 / 3, 1 / 6]]))


def test_the_loss_is_a_mean(backpropagation):
    """Of two examples each counts half: (1/4 - 1) / 2 = -3/8 and 3/4 / 2 = 3/8; 1/2 / 2 = 1/4 and -1/4."""
    answer = backpropagation.softmax_cross_entropy_gradient(
        np.array([[1 / 4, 3 / 4], [1 / 2, 1 / 2]]), np.array([[1.0, 0.0], [0.0, 1.0]])
    )
    assert answer == close(np.array([[-3 / 8, 3 / 8], [1 / 4, -1 / 4]]))


@points(2)
def test_cross_entropy_by_finite_differences(backpropagation):
    """3 examples, 4 classes: every logit is changed a little, and the mean of -log(softmax) looked at."""
    (logits,) = fractions((3, 4))
    targets = np.eye(4)[[1, 0, 3]]

    def softmax(logits):
        return np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)

    def loss(logits):
        return -(targets * np.log(softmax(logits))).sum() / len(logits)

    answer = backpropagation.softmax_cross_entropy_gradient(softmax(logits), targets)
    assert answer == close(slopes(loss, logits))


# Convolution


def test_a_kernel_that_slides_along_a_row(backpropagation):
    """[1 2 3] with [5 7], gradients 10 and 100. The middle pixel was seen twice: 7*10 + 5*100 = 570.

    First pixel: 5*10 = 50, last one: 7*100 = 700. Weights: 1*10 + 2*100 = 210 and 2*10 + 3*100 = 320. Bias: 110.
    """
    kernel = np.array([5.0, 7.0]).reshape(1, 2, 1, 1)
    answer = backpropagation.conv2d_gradients(image([1, 2, 3]), kernel, image([10, 100]))
    expected = image([50, 570, 700]), np.array([210.0, 320.0]).reshape(1, 2, 1, 1), np.array([110.0])
    assert answer == close(expected)


def test_a_kernel_in_three_places(backpropagation):
    """[1 2 3 4] with [5 7], gradients 1, 10 and 100. Weights: 1 + 20 + 300 = 321 and 2 + 30 + 400 = 432. Bias: 111.

    Pixels: 5, 7 + 50 = 57, 70 + 500 = 570, 700.
    """
    kernel = np.array([5.0, 7.0]).reshape(1, 2, 1, 1)
    answer = backpropagation.conv2d_gradients(image([1, 2, 3, 4]), kernel, image([1, 10, 100]))
    expected = image([5, 57, 570, 700]), np.array([321.0, 432.0]).reshape(1, 2, 1, 1), np.array([111.0])
    assert answer == close(expected)


def test_strides_leave_pixels_out(backpropagation):
    """[1 2 3 4 5 6] with [5 7] and strides (1, 3): the third and the last pixel were not seen, they get 0.

    The others: 5*10, 7*10, 5*100, 7*100. Weights: 1*10 + 4*100 = 410 and 2*10 + 5*100 = 520.
    """
    kernel = np.array([5.0, 7.0]).reshape(1, 2, 1, 1)
    answer = backpropagation.conv2d_gradients(image([1, 2, 3, 4, 5, 6]), kernel, image([10, 100]), (1, 3))
    pixels = image([50, 70, 0, 500, 700, 0])
    assert answer == close((pixels, np.array([410.0, 520.0]).reshape(1, 2, 1, 1), np.array([110.0])))


def test_a_pixel_goes_into_every_filter(backpropagation):
    """One pixel with channels 2 and 3, two filters with gradients 10 and 100, weights 5, 11 and 7, 13.

    Channels: 5*10 + 11*100 = 1150 and 7*10 + 13*100 = 1370. Weights: 2*10, 2*100 and 3*10, 3*100.
    """
    pixel, kernel = np.array([2.0, 3.0]).reshape(1, 1, 1, 2), np.array([[[[5.0, 11.0], [7.0, 13.0]]]])
    answer = backpropagation.conv2d_gradients(pixel, kernel, np.array([10.0, 100.0]).reshape(1, 1, 1, 2))
    weights = np.array([[[[20.0, 200.0], [30.0, 300.0]]]])
    assert answer == close((np.array([[[[1150.0, 1370.0]]]]), weights, np.array([10.0, 100.0])))


def test_a_kernel_gets_the_sum_over_the_images(backpropagation):
    """Two images of one pixel, 2 and 3, gradients 10 and 100. Weight: 2*10 + 3*100 = 320. Bias: 10 + 100 = 110."""
    images, gradient = np.array([2.0, 3.0]).reshape(2, 1, 1, 1), np.array([10.0, 100.0]).reshape(2, 1, 1, 1)
    answer = backpropagation.conv2d_gradients(images, np.full((1, 1, 1, 1), 5.0), gradient)
    assert answer == close((5 * gradient, np.full((1, 1, 1, 1), 320.0), np.array([110.0])))


@points(3)
def test_conv2d_by_finite_differences(backpropagation):
    """2 images of 5 by 6 pixels, 3 channels, 4 filters of 2 by 3, strides (2, 1): every number is changed a little."""
    strides = 2, 1
    images, kernel, bias, gradient = fractions((2, 5, 6, 3), (2, 3, 3, 4), (4,), (2, 2, 4, 4))

    def loss(images, kernel, bias):
        total = 0
        for n, i, j in np.ndindex(gradient.shape[:3]):
            y, x = i * strides[0], j * strides[1]
            for f in range(4):
                output = (images[n, y : y + 2, x : x + 3] * kernel[..., f]).sum() + bias[f]
                total += output * gradient[n, i, j, f]
        return total

    answer = backpropagation.conv2d_gradients(images, kernel, gradient, strides)
    assert answer == close(
        (
            slopes(lambda x: loss(x, kernel, bias), images),
            slopes(lambda x: loss(images, x, bias), kernel),
            slopes(lambda x: loss(images, kernel, x), bias),
        )
    )


# Max pooling


def test_the_largest_pixel_gets_all(backpropagation):
    """[1 2; 4 3], gradient 10, and [-7 -5; -6 -8], gradient 20: 4 and -5 get it, the others 0."""
    answer = backpropagation.max_pool_gradient(image([1, 2, -7, -5], [4, 3, -6, -8]), image([10, 20]))
    assert answer == same(image([0, 0, 0, 20], [10, 0, 0, 0]))


def test_windows_below_each_other(backpropagation):
    """A column of 1 2 4 3 and windows of two, gradients 10 and 20: 2 gets 10, and 4 gets 20."""
    answer = backpropagation.max_pool_gradient(image([1], [2], [4], [3]), image([10], [20]), (2, 1))
    assert answer == same(image([0], [10], [20], [0]))


def test_the_first_of_equal_pixels_gets_all(backpropagation):
    """[1 5; 5 5], gradient 10: row by row and from left to right, the first 5 is the upper right one."""
    assert backpropagation.max_pool_gradient(image([1, 5], [5, 5]), image([10])) == same(
        image([0, 10], [0, 0])
    )


def test_a_little_larger_is_larger(backpropagation):
    """[0.000000000001 0.000000000002], gradient 10: tiny numbers are not equal. The second is larger and gets it."""
    answer = backpropagation.max_pool_gradient(image([1e-12, 2e-12]), image([10]), (1, 2))
    assert answer == same(image([0, 10]))


def test_a_pixel_of_two_windows_gets_the_sum(backpropagation):
    """Windows [1 9] and [9 2], gradients 10 and 100: 9 is the largest of both and gets 10 + 100 = 110."""
    answer = backpropagation.max_pool_gradient(image([1, 9, 2]), image([10, 100]), (1, 2), (1, 1))
    assert answer == same(image([0, 110, 0]))


def test_pixels_that_no_window_has_seen(backpropagation):
    """3 columns, window 2, stride 2: the third column was not seen, however large it is. It gets 0."""
    answer = backpropagation.max_pool_gradient(image([1, 2, 9], [4, 3, 9]), image([10]))
    assert answer == same(image([0, 0, 0], [10, 0, 0]))


def test_every_channel_has_its_own_largest_pixel(backpropagation):
    """Pixels 1 and 2 in one channel, 40 and 30 in the other: the second gets 10, the first gets 100."""
    pixels, gradient = np.array([[[[1.0, 40.0], [2.0, 30.0]]]]), np.array([[[[10.0, 100.0]]]])
    answer = backpropagation.max_pool_gradient(pixels, gradient, (1, 2), (1, 2))
    assert answer == same(np.array([[[[0.0, 100.0], [10.0, 0.0]]]]))


@points(2)
def test_max_pool_by_finite_differences(backpropagation):
    """2 images of 6 by 7 pixels and 3 channels, windows of 3 by 2, strides (1, 3): every pixel is changed a little."""
    # No two pixels are equal: there a slope would not be defined.
    images = np.random.default_rng(3).permutation(2 * 6 * 7 * 3).reshape(2, 6, 7, 3) / 8 - 15
    (gradient,) = fractions((2, 4, 2, 3))

    def loss(images):
        windows = [images[:, i : i + 3, 3 * j : 3 * j + 2] for i, j in np.ndindex(4, 2)]
        largest = np.stack([window.max(axis=(1, 2)) for window in windows], axis=1).reshape(2, 4, 2, 3)
        return (largest * gradient).sum()

    answer = backpropagation.max_pool_gradient(images, gradient, (3, 2), (1, 3))
    assert answer == close(slopes(loss, images))
