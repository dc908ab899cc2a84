"""You returned the slope of the ReLU, 1 or 0; the chain rule multiplies it by the gradient of its outputs."""


def relu_gradient(inputs, gradient):
    return (inputs > 0).astype(gradient.dtype)
