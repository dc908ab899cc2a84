"""The loop goes iteration by iteration and looks at the multiples."""


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
    if history is None:
        history = History()
    stopper = EarlyStopping(patience)
    for at, fraction in history.validations:
        stopper.update(at, fraction)
    stream = endless_batches(len(images), batch_size, np.random.default_rng(seed))
    for iteration in range(1, iterations + 1):
        indices = next(stream)
        if iteration <= len(history.losses):
            continue
        if run is None:
            batch, classes = take(images, labels, indices)
            history.losses.append(float(training.step(tf.constant(batch), tf.constant(classes))))
        else:
            history.losses += run([indices])
        if iteration % validate_every and iteration != iterations:
            continue
        fraction = training.accuracy(validation_images, validation_labels)[0]
        history.validations.append((iteration, fraction))
        improved, stop = stopper.update(iteration, fraction)
        if improved:
            keep_best(directory, training.network.variables.arrays(), iteration, fraction)
        report(history, improved)
        if stop:
            history.stopped = True
            break
    best = os.path.join(directory, "best.npz")
    if os.path.isfile(best):
        store = training.network.variables
        store.assign(restore_into(store.arrays(), best))
    return history
