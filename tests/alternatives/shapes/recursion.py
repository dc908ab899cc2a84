"""Traces the first layer, then the rest of the network from there; each kind has a function of its own."""


def _conv(shape, kernel, filters):
    height, width, channels = shape
    check_at_least_one(kernel_size=kernel)
    check_at_least_one(filters=filters)
    return (height, width, filters), (kernel**2 * channels + 1) * filters


def _pool(shape, size):
    height, width, channels = shape
    check_at_least_one(pool_size=size)
    return ((height + size - 1) // size, (width + size - 1) // size, channels), 0


def _flatten(shape):
    height, width, channels = shape
    return (height * width * channels,), 0


def _dense(shape, units):
    (features,) = shape
    check_at_least_one(units=units)
    return (units,), sum(features + 1 for _ in range(units))


def trace(layers, input_shape):
    check_at_least_one(input_shape=input_shape)
    if len(layers) == 0:
        return ()
    first, *rest = layers
    kinds = {"conv": (_conv, 3), "pool": (_pool, 3), "flatten": (_flatten, 3), "dense": (_dense, 1)}
    function, axes = kinds.get(first[0], (None, None))
    if axes != len(input_shape):
        raise ValueError(f"layer {first} does not belong here: it comes after {input_shape}")
    shape, parameters = function(input_shape, *first[1:])
    return ((first[0], shape, parameters), *trace(rest, shape))


def dense_parameters(inputs, units):
    check_at_least_one(inputs=inputs)
    check_at_least_one(units=units)
    return sum([inputs] * units), len([1] * units)
