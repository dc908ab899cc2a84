"""Plain functions do the work, and loops take the place of `tf.nest`."""


def _gradients(training, images, labels):
    with tf.GradientTape() as recording:
        cost = cross_entropy(training.network.logits(images, training.dropout_seed()), labels)
        cost = cost + training.penalty()
    return cost, tuple(recording.gradient(cost, tuple(training.weights.values())))


def _values(state):
    return tuple(_values(one) for one in state) if isinstance(state, tuple) else state.read_value()


def _put(state, values):
    if isinstance(state, tuple):
        for one, value in zip(state, values):
            _put(one, value)
    else:
        state.assign(value=values)


class Training(Training):
    def loss_and_gradients(self, images, labels):
        return _gradients(self, images, labels)

    def apply_gradients(self, gradients):
        self.iteration.assign(self.iteration.read_value() + 1)
        for number, name in enumerate(self.weights):
            weights, state = self.optimizer_step(
                self.weights[name].read_value(),
                _values(self.states[name]),
                gradients[number],
                self.learning_rate,
            )
            self.weights[name].assign(weights)
            _put(self.states[name], state)

    def step(self, images, labels):
        cost, gradients = _gradients(self, images, labels)
        self.apply_gradients(gradients)
        return tf.identity(cost)
