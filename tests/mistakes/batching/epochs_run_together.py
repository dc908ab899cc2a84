"""You filled the last batch of an epoch up from the next epoch; it stays short: an epoch has an end."""


def endless_batches(size, batch_size, rng):
    list(epoch_batches(size, batch_size, np.random.default_rng(0)))
    left = np.zeros(0, np.int64)
    while True:
        while len(left) < batch_size:
            left = np.concatenate([left, rng.permutation(size)])
        yield left[:batch_size]
        left = left[batch_size:]
