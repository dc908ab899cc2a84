"""You asked whether the gradient is positive; it passes where the input of the ReLU was positive, with either sign."""


def relu_gradient(inputs, gradient):
    return np.where(gradient > 0, gradient, 0)
