"""Your step number begins as a plain 0, which becomes an integer tensor in a tf.function, no exponent for
0.9; begin with xp.zeros((), weights.dtype).
"""


def adam_state(weights):
    xp = array_namespace(weights)
    return xp.zeros_like(weights), xp.zeros_like(weights), 0
