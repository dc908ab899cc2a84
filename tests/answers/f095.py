def sgd_step(weights, state, gradient, learning_rate):
    moved, _ = momentum_step(weights, momentum_state(weights), gradient, learning_rate, momentum=0.0)
    return moved, state
