"""You made a generator with a fixed seed, so every epoch has the same order; draw from `rng`."""

_reference = epoch_batches


def epoch_batches(size, batch_size, rng):
    return _reference(size, batch_size, np.random.default_rng(0))
