"""You took kernel * dilation for the span; the last tap has no gap after it: (kernel - 1) * dilation + 1."""

_reference = output_size


def output_size(size, kernel, stride, padding, dilation=1):
    _reference(size, kernel, stride, padding, dilation)
    return _reference(size, kernel * dilation if padding == "VALID" else kernel, stride, padding)
