"""You left the receptive field out of fan-out; one input goes into height * width positions of every filter."""

_reference = fans


def fans(shape):
    return _reference(shape)[0], shape[-1]
