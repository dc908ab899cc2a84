def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    check_step(weights, gradient, learning_rate)
    if momentum < 0 or momentum >= 1:
        raise ValueError(f"momentum {momentum}")
    push = learning_rate * gradient
    new = velocity * momentum - push + push * momentum
    return weights + new, new
