"""You let the gradient pass where the input is 0 (`>= 0`); it passes only where the input is positive (`> 0`)."""


def relu_gradient(inputs, gradient):
    return np.where(inputs >= 0, gradient, 0)
