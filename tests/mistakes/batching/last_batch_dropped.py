"""You left the short last batch out, so that some examples are never seen in that epoch."""

_reference = epoch_batches


def epoch_batches(size, batch_size, rng):
    for batch in _reference(size, batch_size, rng):
        if len(batch) == min(batch_size, size):
            yield batch
