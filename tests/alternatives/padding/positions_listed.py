"""Lists the positions at which a window can begin; pads by joining arrays, crops and pads by index arrays."""


def output_size(size, kernel_size, strides, padding, dilation_rate=1):
    if min(size, kernel_size, strides, dilation_rate) < 1:
        arguments = {
            "size": size,
            "kernel_size": kernel_size,
            "strides": strides,
            "dilation_rate": dilation_rate,
        }
        raise ValueError(", ".join(f"{name}={value}" for name, value in arguments.items() if value < 1))
    if padding not in ["SAME", "VALID"]:
        raise ValueError(f"padding={padding}")
    if padding == "SAME":
        return len(range(0, size, strides))
    begins = range(0, size - dilation_rate * (kernel_size - 1), strides)
    if not begins:
        raise ValueError(f"size {size} is too small for kernel_size {kernel_size}")
    return len(begins)


def pad_images(images, padding):
    if min(min(pair) for pair in padding) < 0:
        raise ValueError(f"padding={padding}")
    for axis, (before, after) in zip((1, 2), padding):
        shape = list(images.shape)
        parts = []
        for amount in (before, after):
            shape[axis] = amount
            parts.append(np.zeros(shape, images.dtype))
        images = np.concatenate([parts[0], images, parts[1]], axis)
    return images


def crop_or_pad(images, height, width):
    for name, value in (("height", height), ("width", width)):
        if not value >= 1:
            raise ValueError(f"{name}={value}")
    result = images
    for axis, wanted in ((1, height), (2, width)):
        size = images.shape[axis]
        first = (size - wanted) // 2 if size >= wanted else -((wanted - size) // 2)
        positions = np.arange(first, first + wanted)
        inside = (positions >= 0) & (positions < size)
        shape = [-1 if number == axis else 1 for number in range(4)]
        taken = result.take(np.where(inside, positions, 0), axis=axis)
        result = taken * inside.reshape(shape).astype(images.dtype)
    return result
