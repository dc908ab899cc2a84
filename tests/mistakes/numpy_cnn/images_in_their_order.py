"""You cut the images into batches in their own order, the same in each epoch; draw the batches with
`endless_batches`."""


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
    epoch = [
        np.arange(begin, min(begin + batch_size, len(images))) for begin in range(0, len(images), batch_size)
    ]
    batches = (indices for _ in range(iterations) for indices in epoch)
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
