def fans(shape):
    if len(shape) == 2:
        return shape[0], shape[1]
    if len(shape) == 4:
        height, width, in_channels, filters = shape
        return height * width * in_channels, filters
    raise ValueError(f"shape must have 2 or 4 numbers, not {shape}")
