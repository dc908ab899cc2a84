def endless_batches(
    size: int, batch_size: int, rng: np.random.Generator
) -> Iterator[Int[np.ndarray, " batch"]]:
    epoch = list(epoch_batches(size, batch_size, rng))
    number = 0
    while True:
        yield epoch[number % len(epoch)]
        number += 1
