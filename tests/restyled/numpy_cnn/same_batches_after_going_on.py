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
    rng = np.random.default_rng(seed)
    stream = endless_batches(len(images), batch_size, rng)
    early = EarlyStopping(patience)
    for i, a in training.history.validations:
        early.update(i, a)
    for i in range(len(training.history.losses) + 1, iterations + 1):
        batch = next(stream)
        training.history.losses += training.run(images, labels, [batch])
        if i % validate_every != 0 and i != iterations:
            continue
        a, _ = training.accuracy(validation_images, validation_labels)
        training.history.validations += [(i, a)]
        is_better, is_over = early.update(i, a)
        if is_better:
            keep_best(directory, training.weights, i, a)
        training.validated(is_better)
        if is_over:
            training.history.stopped = True
            break
    file = os.path.join(directory, "best.npz")
    if os.path.exists(file):
        training.assign(restore_into(training.weights, file))
