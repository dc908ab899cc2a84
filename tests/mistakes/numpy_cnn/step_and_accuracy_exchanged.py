"""You handed `keep_best` the accuracy as the step and the step as the accuracy, so the last is always the
best; its arguments are (directory, arrays, iteration, accuracy)."""


def fit(
    training,
    images,
    labels,
    validation_images,
    validation_labels,
    directory,
    iterations=1000,
    batch_size=64,
    validate_every=50,
    patience=500,
    seed=0,
):
    history = training.history
    stopping = EarlyStopping(patience)
    for iteration, fraction in history.validations:
        stopping.update(iteration, fraction)
    batches = endless_batches(len(images), batch_size, np.random.default_rng(seed))
    iteration = sum(1 for _ in islice(batches, len(history.losses)))
    while iteration < iterations and not history.stopped:
        count = min(validate_every - iteration % validate_every, iterations - iteration)
        history.losses += training.run(images, labels, list(islice(batches, count)))
        iteration += count
        fraction, _ = training.accuracy(validation_images, validation_labels)
        history.validations.append((iteration, fraction))
        improved, history.stopped = stopping.update(iteration, fraction)
        keep_best(directory, training.arrays(), fraction, iteration)
        training.validated(improved)
    best = os.path.join(directory, "best.npz")
    if os.path.exists(best):
        training.assign(restore_into(training.arrays(), best))
