def momentum_step(weights, velocity, gradient, learning_rate, momentum=0.9):
    check_step(weights, gradient, learning_rate)
    if momentum < 0 or momentum >= 1:
        raise ValueError(f"momentum {momentum}")
    new = velocity * momentum - gradient * learning_rate
    return weights - gradient * learning_rate + new * momentum, new
