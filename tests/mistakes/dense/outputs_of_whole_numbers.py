"""You put the sums into an array of whole numbers, which cuts off what follows the point; make it one of floats."""

_reference = dense


def dense(inputs, kernel, bias):
    outputs = _reference(inputs, kernel, bias)
    return outputs.astype(int) if isinstance(outputs, np.ndarray) else outputs
