"""You read the filter's shape as (in, out, height, width); here it is (height, width, in, out)."""

_reference = fans


def fans(shape):
    if len(shape) != 4:
        return _reference(shape)
    _reference(shape)
    field = shape[2] * shape[3]
    return shape[0] * field, shape[1] * field
