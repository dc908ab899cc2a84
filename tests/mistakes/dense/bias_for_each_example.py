"""You add a bias to each example; a unit has a bias: it is added along the columns, to every row."""

_reference = dense


def dense(inputs, kernel, bias):
    return _reference(inputs, kernel, bias * 0) + bias[:, None]
