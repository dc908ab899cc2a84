"""You never set the state to its new value; then momentum and Adam remember nothing."""


class Training(Training):
    def apply_gradients(self, gradients):
        for (name, variable), gradient in zip(self.weights.items(), gradients):
            state = tf.nest.map_structure(tf.convert_to_tensor, self.states[name])
            weights, _ = self.optimizer_step(
                tf.convert_to_tensor(variable), state, gradient, self.learning_rate
            )
            variable.assign(weights)
        self.iteration.assign_add(1)
