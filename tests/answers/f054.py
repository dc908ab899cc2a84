def endless_batches(size, batch_size, rng):
    batches = list(epoch_batches(size, batch_size, rng))
    while True:
        yield from batches
