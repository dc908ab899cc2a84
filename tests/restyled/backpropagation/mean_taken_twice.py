def softmax_cross_entropy_gradient(
    probabilities: Float[np.ndarray, "batch classes"], targets: Float[np.ndarray, "batch classes"]
) -> Float[np.ndarray, "batch classes"]:
    examples = probabilities.shape[0]
    result = np.empty_like(probabilities)
    for n in range(examples):
        result[n] = (probabilities[n] - targets[n]) / examples
    return result / examples
