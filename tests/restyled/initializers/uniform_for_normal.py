def he_normal(shape, rng):
    inputs = np.prod(shape) / shape[-1]
    if len(shape) not in (2, 4):
        raise ValueError(f"shape {shape}")
    return ((2 * rng.random(shape) - 1) * (6 / inputs) ** 0.5).astype(np.float32)
