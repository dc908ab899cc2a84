"""NumPy arrays number by number, in Python's own floats; tensors by TensorFlow's own functions."""

import math


def _each(function, *arrays):
    answers = [
        function(*map(float, numbers)) for numbers in zip(*(array.flat for array in arrays), strict=True)
    ]
    columns = zip(*answers, strict=True)
    return [np.array(column, arrays[0].dtype).reshape(arrays[0].shape) for column in columns]


def sgd_step(weights, state, gradient, learning_rate):
    check_step(weights, gradient, learning_rate)
    if not isinstance(weights, np.ndarray):
        import tensorflow as tf

        return tf.subtract(weights, tf.multiply(gradient, learning_rate)), state
    (moved,) = _each(lambda weight, slope: (weight - learning_rate * slope,), weights, gradient)
    return moved, state


def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    check_step(weights, gradient, learning_rate)
    if momentum < 0 or momentum > 1 or momentum == 1:
        raise ValueError(f"momentum is {momentum}")
    if not isinstance(weights, np.ndarray):
        import tensorflow as tf

        velocity = tf.subtract(tf.multiply(velocity, momentum), tf.multiply(gradient, learning_rate))
        return tf.add(weights, velocity), velocity

    def step(weight, speed, slope):
        speed = momentum * speed - learning_rate * slope
        return weight + speed, speed

    return tuple(_each(step, weights, velocity, gradient))


def adam_step(weights, state, gradient, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    check_step(weights, gradient, learning_rate)
    for name, value in {"beta_1": beta_1, "beta_2": beta_2}.items():
        if not (value >= 0 and value < 1):
            raise ValueError(f"{name} is {value}")
    if not isinstance(weights, np.ndarray):
        import tensorflow as tf

        first = tf.add(tf.multiply(state[0], beta_1), tf.multiply(gradient, 1 - beta_1))
        second = tf.add(tf.multiply(state[1], beta_2), tf.multiply(tf.square(gradient), 1 - beta_2))
        count = tf.cast(state[2], weights.dtype) + 1
        rate = learning_rate * tf.sqrt(1 - tf.pow(beta_2, count)) / (1 - tf.pow(beta_1, count))
        return weights - rate * first / (tf.sqrt(second) + epsilon), (first, second, count)
    count = int(state[2]) + 1

    def step(weight, first, second, slope):
        first = beta_1 * first + (1 - beta_1) * slope
        second = beta_2 * second + (1 - beta_2) * slope * slope
        rate = learning_rate * math.sqrt(1 - beta_2**count) / (1 - beta_1**count)
        return weight - rate * first / (math.sqrt(second) + epsilon), first, second

    moved, first, second = _each(step, weights, state[0], state[1], gradient)
    return moved, (first, second, count)


def momentum_state(weights):
    if isinstance(weights, np.ndarray):
        return np.array([0.0] * weights.size).reshape(weights.shape)
    import tensorflow as tf

    return tf.fill(weights.shape, tf.cast(0, weights.dtype))


def adam_state(weights):
    # A whole number, which `adam_step` casts.
    return momentum_state(weights), momentum_state(weights), 0
