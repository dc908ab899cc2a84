"""You divided the gradient by its length, so each step is as long as the next; a steep slope asks for a longer one."""

_reference = sgd_step


def sgd_step(weights, state, gradient, learning_rate):
    if gradient.shape != weights.shape:
        raise ValueError(f"gradient has shape {gradient.shape}, not {weights.shape}")
    length = array_namespace(gradient).linalg.norm(gradient)
    return _reference(weights, state, gradient / (length + 1e-12), learning_rate)
