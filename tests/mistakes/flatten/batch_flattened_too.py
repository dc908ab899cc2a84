"""You wrote the whole batch in one row; each example keeps a row of its own."""

_reference = flatten


def flatten(layer):
    _, features = _reference(layer)
    return array_namespace(layer).reshape(layer, (1, -1)), features
