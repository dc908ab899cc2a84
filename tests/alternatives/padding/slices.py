"""Takes SAME padding from the remainder of the division; crops and pads by slices of one large canvas."""


def output_size(size, kernel_size, strides, padding, dilation_rate=1):
    check_padding(padding)
    check_at_least_one(size=size, kernel_size=kernel_size, strides=strides, dilation_rate=dilation_rate)
    last = size - 1 if padding == "SAME" else size - 1 - (kernel_size - 1) * dilation_rate
    if last < 0:
        raise ValueError(f"a kernel_size of {kernel_size} does not fit")
    return last // strides + 1


def same_padding(size, kernel_size, strides):
    for name, value in (("size", size), ("kernel_size", kernel_size), ("strides", strides)):
        if value < 1:
            raise ValueError(name, value)
    remainder = size % strides
    needed = max(kernel_size - (strides if remainder == 0 else remainder), 0)
    return needed // 2, (needed + 1) // 2


def crop_or_pad(images, height, width):
    if height < 1:
        raise ValueError(f"height is {height}")
    if width < 1:
        raise ValueError(f"width is {width}")
    batch, old_height, old_width, channels = images.shape
    answer = np.zeros((batch, height, width, channels), images.dtype)

    def spans(old, new):
        common = min(old, new)
        source, target = (old - common) // 2, (new - common) // 2
        return slice(source, source + common), slice(target, target + common)

    rows_from, rows_to = spans(old_height, height)
    columns_from, columns_to = spans(old_width, width)
    answer[:, rows_to, columns_to] = images[:, rows_from, columns_from]
    return answer
