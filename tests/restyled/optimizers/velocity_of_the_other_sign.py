def momentum_step(
    weights: Float[Array, "*shape"],
    velocity: Float[Array, "*shape"],
    gradient: Float[Array, "*shape"],
    learning_rate: float,
    momentum: float = 0.9,
) -> tuple[Float[Array, "*shape"], Float[Array, "*shape"]]:
    check_step(weights, gradient, learning_rate, momentum=momentum)
    v = learning_rate * gradient + momentum * velocity
    moved = weights - v
    return moved, v
