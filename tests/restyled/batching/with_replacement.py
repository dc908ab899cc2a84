def epoch_batches(size, batch_size, rng):
    if size < 1:
        raise ValueError(f"size {size}")
    if batch_size < 1:
        raise ValueError(f"batch_size {batch_size}")
    done = 0
    while done < size:
        number = min(batch_size, size - done)
        yield rng.choice(size, number)
        done += number
