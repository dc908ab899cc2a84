"""You let half of the gradient pass where the input is 0; at 0 nothing passes."""


def relu_gradient(inputs, gradient):
    return gradient * np.heaviside(inputs, 0.5)
