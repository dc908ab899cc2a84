"""You let NumPy broadcast biases of a wrong shape: wrong in silence. Compare the shapes first."""


def dense(inputs, weights, biases):
    return inputs @ weights + biases
