def fit(
    training: Training,
    images: Float[np.ndarray, "size height width channels"],
    labels: Int[np.ndarray, " size"],
    validation_images: Float[np.ndarray, "validation_size height width channels"],
    validation_labels: Int[np.ndarray, " validation_size"],
    directory: str,
    iterations: int = 1000,
    batch_size: int = 64,
    validate_every: int = 50,
    patience: int = 500,
    seed: int = 0,
) -> None:
    history = training.history
    stream = endless_batches(len(images), batch_size, np.random.default_rng(seed))
    for _ in range(len(history.losses)):
        next(stream)
    stopping = EarlyStopping(patience)
    for when, how_good in history.validations:
        stopping.update(when, how_good)

    while not history.stopped and len(history.losses) < iterations:
        missing = validate_every - len(history.losses) % validate_every
        history.losses += training.run(images, labels, list(islice(stream, missing)))
        now = len(history.losses)
        fraction, _ = training.accuracy(validation_images, validation_labels)
        history.validations.append((now, fraction))
        improved, stop = stopping.update(now, fraction)
        if improved:
            keep_best(directory, training.arrays(), now, fraction)
        training.validated(improved)
        history.stopped = stop

    best = os.path.join(directory, "best.npz")
    if os.path.exists(best):
        training.assign(restore_into(training.arrays(), best))
