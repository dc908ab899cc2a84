def endless_batches(size, batch_size, rng):
    check_at_least_one(size=size, batch_size=batch_size)
    waiting = np.zeros(0, np.int64)
    while True:
        while len(waiting) < batch_size:
            waiting = np.concatenate([waiting, rng.permutation(size)])
        yield waiting[:batch_size]
        waiting = waiting[batch_size:]
