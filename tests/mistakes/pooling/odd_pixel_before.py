"""You put the odd padded pixel before the image; SAME padding puts it after."""


def _same(size, window, stride):
    needed = max((-(-size // stride) - 1) * stride + window - size, 0)
    return needed - needed // 2, needed // 2
