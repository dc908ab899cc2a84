"""Gradients by a persistent tape, one variable after the other; states as flat lists; NumPy's argmax."""


class Training(Training):
    def loss_and_gradients(self, images, labels):
        with tf.GradientTape(persistent=True) as tape:
            logits = self.network.logits(images, self.dropout_seed())
            loss = self.penalty() + cross_entropy(logits, labels)
        return loss, [tape.gradient(loss, variable) for variable in self.weights.values()]

    def apply_gradients(self, gradients):
        for name, gradient in zip(self.weights, gradients):
            variable, slots = self.weights[name], self.states[name]
            old = tf.nest.pack_sequence_as(slots, [slot + 0 for slot in tf.nest.flatten(slots)])
            new, state = self.optimizer_step(variable + 0, old, gradient, self.learning_rate)
            variable.assign(new)
            for slot, value in zip(tf.nest.flatten(slots), tf.nest.flatten(state)):
                slot.assign(value)
        self.iteration.assign(self.iteration + 1)

    def predict(self, images, batch_size=256):
        found = []
        for begin in range(0, len(images), batch_size):
            found.extend(np.argmax(self.compiled_logits(images[begin : begin + batch_size]), axis=-1))
        return np.array(found)

    def accuracy(self, images, labels):
        right = int(np.sum(self.predict(images) == labels))
        return right / len(labels), right
