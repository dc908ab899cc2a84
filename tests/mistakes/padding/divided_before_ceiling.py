"""You rounded down before adding the last place: VALID counts ceil((size - span + 1) / stride) places."""

_reference = output_size


def output_size(size, kernel, stride, padding, dilation=1):
    places = _reference(size, kernel, stride, padding, dilation)
    if padding == "SAME":
        return places
    return max((size - (kernel - 1) * dilation - 1) // stride, 0)
