"""Assigns differences (`assign_sub`), and predicts from probabilities, image by image in the end."""


class Training(Training):
    def apply_gradients(self, gradients):
        for (name, variable), gradient in zip(self.weights.items(), gradients):
            old = tf.nest.map_structure(lambda slot: slot.value(), self.states[name])
            weights, state = self.optimizer_step(variable.value(), old, gradient, self.learning_rate)
            variable.assign_sub(variable - weights)
            for slot, value in zip(tf.nest.flatten(self.states[name]), tf.nest.flatten(state)):
                slot.assign_add(value - slot)
        self.iteration.assign_add(1)

    def predict(self, images, batch_size=256):
        shares = predict_in_batches(
            lambda batch: tf.nn.softmax(self.network.logits(tf.constant(batch))).numpy(), images, batch_size
        )
        return [int(row.argmax()) for row in shares]
