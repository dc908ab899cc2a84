import math


def output_size(size, kernel, stride, padding, dilation=1):
    for name in ("size", "kernel", "stride", "dilation"):
        value = locals()[name]
        if value <= 0:
            raise ValueError(f"bad {name}: {value}")
    if padding not in {"SAME", "VALID"}:
        raise ValueError(f"padding is {padding!r}")
    if padding == "SAME":
        return math.floor(size / stride)
    count, place = 0, 0
    while place + dilation * (kernel - 1) < size:
        count, place = count + 1, place + stride
    return count
