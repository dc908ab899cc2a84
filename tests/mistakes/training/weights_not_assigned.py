"""You computed the new weights and did not assign them; nothing is learned until `variable.assign(weights)`."""


class Training(Training):
    def apply_gradients(self, gradients):
        for name, gradient in zip(self.weights, gradients):
            state = tf.nest.map_structure(tf.convert_to_tensor, self.states[name])
            value = tf.convert_to_tensor(self.weights[name])
            _, state = self.optimizer_step(value, state, gradient, self.learning_rate)
            tf.nest.map_structure(lambda slot, new: slot.assign(new), self.states[name], state)
        self.iteration.assign_add(1)
