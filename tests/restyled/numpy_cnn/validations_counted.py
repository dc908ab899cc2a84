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
    for k in range(len(history.validations)):
        stopper.update(k + 1, history.validations[k][1])
    it = endless_batches(len(images), batch_size, np.random.default_rng(seed))
    for _ in history.losses:
        next(it)
    while len(history.losses) < iterations:
        end = min(len(history.losses) // validate_every * validate_every + validate_every, iterations)
        history.losses += training.run(images, labels, [next(it) for _ in range(len(history.losses), end)])
        correct = training.predict(validation_images) == validation_labels
        history.validations.append((end, float(np.mean(correct))))
        improved, history.stopped = stopper.update(len(history.validations), history.validations[-1][1])
        if improved:
            keep_best(directory, training.arrays(), *history.validations[-1])
        training.validated(improved)
        if history.stopped:
            break
    path = os.path.join(directory, "best.npz")
    if os.path.exists(path):
        training.assign(restore_into(training.arrays(), path))
