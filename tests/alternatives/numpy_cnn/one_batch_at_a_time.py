"""The loop goes iteration by iteration and validates at the multiples."""


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
    stopper = EarlyStopping(patience)
    for earlier in training.history.validations:
        stopper.update(*earlier)
    stream = endless_batches(len(images), batch_size, np.random.default_rng(seed))
    for iteration in range(1, iterations + 1):
        indices = next(stream)
        if iteration <= len(training.history.losses):
            continue
        training.history.losses.extend(training.run(images, labels, [indices]))
        if iteration % validate_every and iteration != iterations:
            continue
        fraction = training.accuracy(validation_images, validation_labels)[0]
        training.history.validations.append((iteration, fraction))
        improved, stop = stopper.update(iteration, fraction)
        if improved:
            keep_best(directory, training.arrays(), iteration, fraction)
        training.validated(improved)
        if stop:
            training.history.stopped = True
            break
    try:
        best = restore_into(training.weights, os.path.join(directory, "best.npz"))
    except FileNotFoundError:
        return
    training.assign(best)
