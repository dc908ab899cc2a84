"""You shuffled with NumPy's global generator, so a run cannot be repeated; draw from `rng`."""


def epoch_batches(size, batch_size, rng):
    check_at_least_one(size=size, batch_size=batch_size)
    order = np.random.permutation(size)
    for begin in range(0, size, batch_size):
        yield order[begin : begin + batch_size]
