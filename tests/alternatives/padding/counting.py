"""Counts the positions one by one, and pads by copying into zeros."""


def output_size(size, kernel_size, strides, padding, dilation_rate=1):
    arguments = {"size": size, "kernel_size": kernel_size, "strides": strides, "dilation_rate": dilation_rate}
    for name in arguments:
        if arguments[name] <= 0:
            raise ValueError(f"{name}={arguments[name]} is not positive")
    if padding not in ("SAME", "VALID"):
        raise ValueError(f"unknown padding {padding}")
    positions = 0
    begin = 0
    while begin < size:
        last_pixel = begin + (kernel_size - 1) * dilation_rate
        if padding == "SAME" or last_pixel < size:
            positions += 1
        begin += strides
    if positions == 0:
        raise ValueError(
            f"no position for kernel_size={kernel_size}, dilation_rate={dilation_rate} in {size}"
        )
    return positions


def pad_images(images, padding):
    (top, bottom), (left, right) = padding
    for amount in (top, bottom, left, right):
        if amount < 0:
            raise ValueError(f"padding has a negative number: {amount}")
    batch, height, width, channels = images.shape
    padded = np.zeros((batch, top + height + bottom, left + width + right, channels), dtype=images.dtype)
    padded[:, top : top + height, left : left + width, :] = images
    return padded
