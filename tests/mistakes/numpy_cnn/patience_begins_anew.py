"""You did not tell `EarlyStopping` what the history holds, so its patience begins anew when a training goes
on; tell it every earlier validation."""


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
    batches = endless_batches(len(images), batch_size, np.random.default_rng(seed))
    iteration = sum(1 for _ in islice(batches, len(history.losses)))
    while iteration < iterations and not history.stopped:
        count = min(validate_every - iteration % validate_every, iterations - iteration)
        history.losses += training.run(images, labels, list(islice(batches, count)))
        iteration += count
        fraction, _ = training.accuracy(validation_images, validation_labels)
        history.validations.append((iteration, fraction))
        improved, history.stopped = stopping.update(iteration, fraction)
        if improved:
            keep_best(directory, training.arrays(), iteration, fraction)
        training.validated(improved)
    best = os.path.join(directory, "best.npz")
    if os.path.exists(best):
        training.assign(restore_into(training.arrays(), best))
