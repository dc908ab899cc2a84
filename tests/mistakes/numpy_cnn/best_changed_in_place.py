"""You changed the arrays of the weights in place, and with them the best ones that you had remembered; make
new arrays, and read the best from `best.npz`."""


class Training(Training):
    def step(self, images, labels):
        loss, gradients = loss_and_gradients(self.weights, images, labels)
        for name, gradient in gradients.items():
            self.weights[name][...], self.states[name] = adam_step(
                self.weights[name], self.states[name], gradient, self.learning_rate
            )
        return float(loss)


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
    best = None
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
        if improved:
            keep_best(directory, training.arrays(), iteration, fraction)
            best = training.arrays()
        training.validated(improved)
    if best is not None:
        training.assign(best)
