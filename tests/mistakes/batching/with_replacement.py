"""You drew the indices with replacement: some examples come twice in an epoch, others not at all."""

_reference = epoch_batches


def epoch_batches(size, batch_size, rng):
    for batch in _reference(size, batch_size, rng):
        yield rng.integers(0, size, len(batch))
