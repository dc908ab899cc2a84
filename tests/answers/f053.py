def epoch_batches(size, batch_size, rng):
    check_at_least_one(size=size, batch_size=batch_size)
    order = rng.permutation(size)
    for start in range(0, size - batch_size + 1, batch_size):
        yield order[start : start + batch_size]
