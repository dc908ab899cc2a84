def adam_step(weights, state, gradient, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    check_step(weights, gradient, learning_rate)
    if beta_1 < 0 or beta_1 >= 1:
        raise ValueError(f"beta_1 {beta_1}")
    if beta_2 < 0 or beta_2 >= 1:
        raise ValueError(f"beta_2 {beta_2}")
    m, v, t = state
    t = t + 1
    m = m + (gradient - m) * (1 - beta_1)
    v = v + (gradient * gradient - v) * (1 - beta_2)
    return weights - m * learning_rate / (v**0.5 + epsilon), (m, v, t)
