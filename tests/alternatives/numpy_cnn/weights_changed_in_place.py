"""A step writes into the arrays of the weights; `keep_best` is asked at each validation, and decides by itself."""


class Training(Training):
    def step(self, images, labels):
        loss, gradients = loss_and_gradients(self.weights, images, labels)
        for name in self.weights:
            moved = adam_step(self.weights[name], self.states[name], gradients[name], self.learning_rate)
            self.weights[name][:] = moved[0]
            self.states[name] = list(moved[1])
        return loss.item()

    def predict(self, images, batch_size=256):
        def classes(batch):
            logits, _ = forward(self.weights, batch)
            return predicted_class(softmax(logits))

        return predict_in_batches(classes, images, batch_size)


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
    history, stopper = training.history, EarlyStopping(patience)
    told = [stopper.update(iteration, accuracy) for iteration, accuracy in history.validations]
    done, stop = len(history.losses), bool(told) and told[-1][1]
    rng = np.random.default_rng(seed)
    batches = endless_batches(len(images), batch_size, rng)
    for _ in range(done):
        next(batches)
    while done < iterations and not stop:
        end = min((done // validate_every + 1) * validate_every, iterations)
        piece = [next(batches) for _ in range(end - done)]
        history.losses = history.losses + training.run(images, labels, piece)
        done = end
        correct, _ = training.accuracy(validation_images, validation_labels)
        history.validations = [*history.validations, (done, correct)]
        improved, stop = stopper.update(done, correct)
        keep_best(directory, training.arrays(), done, correct)
        training.validated(improved)
    history.stopped = stop
    path = f"{directory}/best.npz"
    if os.path.isfile(path):
        training.assign(restore_into(training.arrays(), path))
