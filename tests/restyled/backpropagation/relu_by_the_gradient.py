def relu_gradient(
    inputs: Float[np.ndarray, "*shape"], gradient: Float[np.ndarray, "*shape"]
) -> Float[np.ndarray, "*shape"]:
    passed = gradient.copy()
    passed[gradient <= 0] = 0
    return passed
