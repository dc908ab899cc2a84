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
    h = training.history
    es = EarlyStopping(patience)
    for v in h.validations:
        es.update(v[0], v[1])
    gen = endless_batches(len(images), batch_size, np.random.default_rng(seed))
    n = 0
    while n < len(h.losses):
        next(gen)
        n += 1
    while n < iterations:
        todo = []
        while True:
            todo.append(next(gen))
            n += 1
            if n == iterations or n % validate_every == 0:
                break
        for loss in training.run(images, labels, todo):
            h.losses.append(loss)
        acc = training.accuracy(validation_images, validation_labels)[0]
        h.validations.append((n, acc))
        better, enough = es.update(n, acc)
        if better:
            keep_best(directory, training.arrays(), n, acc)
        training.validated(better)
        if enough:
            h.stopped = True
            return
