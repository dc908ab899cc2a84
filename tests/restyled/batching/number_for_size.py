def epoch_batches(size, batch_size, rng):
    if size < 1:
        raise ValueError(f"size {size}")
    if batch_size < 1:
        raise ValueError(f"batch_size {batch_size}")
    order = np.arange(size)
    rng.shuffle(order)
    return iter(np.array_split(order, batch_size))
