def adam_step(
    weights: Float[Array, "*shape"],
    state: tuple[Float[Array, "*shape"], Float[Array, "*shape"], float | Float[Array, ""]],
    gradient: Float[Array, "*shape"],
    learning_rate: float = 0.001,
    beta_1: float = 0.9,
    beta_2: float = 0.999,
    epsilon: float = 1e-7,
) -> tuple[
    Float[Array, "*shape"], tuple[Float[Array, "*shape"], Float[Array, "*shape"], float | Float[Array, ""]]
]:
    check_step(weights, gradient, learning_rate, beta_1=beta_1, beta_2=beta_2)
    m, v, t = state
    t = t + 1
    m = m * beta_1 + gradient * (1 - beta_1)
    v = v * beta_2 + gradient * gradient * (1 - beta_2)
    rate = learning_rate * (1 - beta_2**t) ** 0.5 / (1 - beta_1**t)
    return weights - rate * m / v**0.5, (m, v, t)
