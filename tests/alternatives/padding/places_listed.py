"""Lists the places where a window can begin; crops and pads by index arrays."""


def output_size(size, kernel, stride, padding, dilation=1):
    if min(size, kernel, stride, dilation) < 1:
        arguments = {"size": size, "kernel": kernel, "stride": stride, "dilation": dilation}
        raise ValueError(", ".join(f"{name}={value}" for name, value in arguments.items() if value < 1))
    if padding == "SAME":
        return len(range(0, size, stride))
    if padding == "VALID":
        return len(range(0, size - dilation * (kernel - 1), stride))
    raise ValueError(f"padding={padding}")


def crop_or_pad(images, height, width):
    for name, value in (("height", height), ("width", width)):
        if not value >= 1:
            raise ValueError(f"{name}={value}")
    result = images
    for axis, wanted in ((1, height), (2, width)):
        size = images.shape[axis]
        first = (size - wanted) // 2 if size >= wanted else -((wanted - size) // 2)
        places = np.arange(first, first + wanted)
        inside = (places >= 0) & (places < size)
        shape = [-1 if number == axis else 1 for number in range(4)]
        taken = result.take(np.where(inside, places, 0), axis=axis)
        result = taken * inside.reshape(shape).astype(images.dtype)
    return result
