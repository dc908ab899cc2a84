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
    stopper = EarlyStopping(patience)
    for iteration, fraction in history.validations:
        stopper.update(iteration, fraction)
    batches = endless_batches(len(images), batch_size, np.random.default_rng(seed))
    while len(history.losses) < iterations and not history.stopped:
        done = len(history.losses)
        until = min((done // validate_every + 1) * validate_every, iterations)
        history.losses.extend(training.run(images, labels, list(islice(batches, until - done))))
        fraction, _ = training.accuracy(validation_images, validation_labels)
        history.validations.append((until, fraction))
        improved, stop = stopper.update(until, fraction)
        if improved:
            keep_best(directory, training.arrays(), until, fraction)
        training.validated(improved)
        if stop:
            history.stopped = True
    best = os.path.join(directory, "best.npz")
    if os.path.exists(best):
        training.assign(restore_into(training.arrays(), best))
