"""You filled the last batch of an epoch up from the next epoch; it stays short, so that an epoch has an end."""


def endless_batches(size, batch_size, rng):
    check_at_least_one(size=size, batch_size=batch_size)
    left = np.zeros(0, np.int64)
    while True:
        while len(left) < batch_size:
            left = np.concatenate([left, rng.permutation(size)])
        yield left[:batch_size]
        left = left[batch_size:]
