"""Answers in NumPy's numbers and in lists, with the ceiling taken by numpy.ceil."""


def output_size(size, kernel_size, strides, padding, dilation_rate=1):
    check_at_least_one(size=size, kernel_size=kernel_size, strides=strides, dilation_rate=dilation_rate)
    check_padding(padding)
    begins = np.arange(0, size, strides)
    if padding == "VALID":
        begins = begins[begins + (kernel_size - 1) * dilation_rate < size]
        if not begins.size:
            raise ValueError("does not fit: kernel_size", kernel_size)
    return np.int64(begins.size)


def same_padding(size, kernel_size, strides):
    if min(size, kernel_size, strides) < 1:
        raise ValueError(f"size {size}, kernel_size {kernel_size} and strides {strides} must all be positive")
    positions = np.ceil(size / strides)
    needed = np.maximum((positions - 1) * strides + kernel_size - size, 0)
    return [np.int64(needed // 2), np.int64(np.ceil(needed / 2))]
