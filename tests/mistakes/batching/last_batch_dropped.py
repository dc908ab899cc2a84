"""You left the short last batch out, so that some examples are never seen in that epoch."""


def epoch_batches(size, batch_size, rng):
    for name, value in (("size", size), ("batch_size", batch_size)):
        if value < 1:
            raise ValueError(f"{name} must be at least 1, not {value}")
    order = rng.permutation(size)
    for begin in range(0, size - batch_size + 1, batch_size):
        yield order[begin : begin + batch_size]
