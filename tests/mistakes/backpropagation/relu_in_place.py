"""You wrote zeros into the caller's gradient; make a new array, as `np.where` does."""


def relu_gradient(inputs, gradient):
    gradient[inputs <= 0] = 0
    return gradient
