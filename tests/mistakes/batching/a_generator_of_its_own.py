"""You made a generator of your own with a fixed seed: every epoch then has the same order. Use `rng`."""

_reference = epoch_batches


def epoch_batches(size, batch_size, rng):
    return _reference(size, batch_size, np.random.default_rng(0))
