"""You counted the channels alone; a filter adds up height * width pixels of each of them."""

_reference = fans


def fans(shape):
    _reference(shape)
    return shape[-2], shape[-1]
