"""You rounded down where SAME rounds up: a row of 5 with stride 2 has ceil(5 / 2) = 3 places, not 2."""

_reference = output_size


def output_size(size, kernel, stride, padding, dilation=1):
    places = _reference(size, kernel, stride, padding, dilation)
    return size // stride if padding == "SAME" else places


def same_padding(size, kernel, stride):
    places = _reference(size, kernel, stride, "SAME")
    needed = max((places - 1) * stride + kernel - size, 0)
    return needed // 2, needed - needed // 2
