"""You kept the pixels that are left over at the end as a smaller window; only whole windows count."""

_windows_of = _windows


def _windows(images, pool_size, strides, padding, fill):
    rest = [
        (images.shape[axis + 1] + sum(padding[axis]) - pool_size[axis]) % strides[axis] for axis in (0, 1)
    ]
    more = [strides[axis] - rest[axis] if rest[axis] else 0 for axis in (0, 1)]
    (top, bottom), (left, right) = padding
    return _windows_of(images, pool_size, strides, ((top, bottom + more[0]), (left, right + more[1])), fill)
