"""You left the bias out: each unit adds its own bias to its sum."""

_reference = dense


def dense(inputs, kernel, bias):
    return _reference(inputs, kernel, bias * 0)
