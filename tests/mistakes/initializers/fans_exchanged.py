"""You exchanged fan-in and fan-out: the inputs stand before the outputs in a shape."""

_reference = fans


def fans(shape):
    return _reference(shape)[::-1]
