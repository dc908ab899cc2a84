"""You squared the height; a filter need not be square: its receptive field is height * width."""

_reference = fans


def fans(shape):
    _reference(shape)
    field = shape[0] ** 2 if len(shape) == 4 else 1
    return field * shape[-2], field * shape[-1]
