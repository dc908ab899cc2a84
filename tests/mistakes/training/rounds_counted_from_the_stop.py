"""You counted from where training went on; the next look is at the next multiple of `validate_every`."""


def fit(
    training,
    images,
    labels,
    validation_images,
    validation_labels,
    directory,
    iterations=1000,
    batch_size=64,
    validate_every=100,
    patience=1000,
    seed=0,
    history=None,
    run=None,
    report=lambda history, improved: None,
):
    history = History() if history is None else history
    stopping = EarlyStopping(patience)
    for at, fraction in history.validations:
        stopping.update(at, fraction)
    batches = endless_batches(len(images), batch_size, np.random.default_rng(seed))
    iteration = len(history.losses)
    for _ in islice(batches, iteration):
        pass

    def one_by_one(batches):
        return [float(training.compiled_step(*take(images, labels, indices))) for indices in batches]

    while iteration < iterations:
        count = min(validate_every, iterations - iteration)
        history.losses.extend((run or one_by_one)(list(islice(batches, count))))
        iteration += count
        fraction, _ = training.accuracy(validation_images, validation_labels)
        history.validations.append((iteration, fraction))
        improved, stop = stopping.update(iteration, fraction)
        if improved:
            keep_best(directory, training.network.variables.arrays(), iteration, fraction)
        report(history, improved)
        if stop:
            history.stopped = True
            break
    best = os.path.join(directory, "best.npz")
    if os.path.exists(best):
        training.network.variables.assign(restore_into(training.network.variables.arrays(), best))
    return history
