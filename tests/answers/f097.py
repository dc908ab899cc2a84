def epoch_batches(size, batch_size, rng):
    check_at_least_one(size=size, batch_size=batch_size)
    order = np.argsort(rng.random(size))
    return iter(np.split(order, list(range(batch_size, size, batch_size))))
