"""You multiplied element by element; a layer is a matrix product: @, not *."""

_reference = dense


def dense(inputs, kernel, bias):
    return inputs * kernel + _reference(inputs * 0, kernel, bias)
