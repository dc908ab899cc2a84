"""You left out the short last batch, so some examples are not seen in that epoch; yield it too."""


def epoch_batches(size, batch_size, rng):
    check_at_least_one(size=size, batch_size=batch_size)
    order = rng.permutation(size)
    for begin in range(0, size - batch_size + 1, batch_size):
        yield order[begin : begin + batch_size]
