def fans(shape):
    if len(shape) not in (2, 4):
        raise ValueError(f"shape {shape}")
    inputs, outputs = shape[-2:]
    return inputs, outputs
