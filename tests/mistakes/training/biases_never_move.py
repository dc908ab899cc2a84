"""You moved the weights and left the biases as they were; every variable gets its step."""


class Training(Training):
    def apply_gradients(self, gradients):
        kept = {name: variable.numpy() for name, variable in self.weights.items() if name.endswith("bias")}
        super().apply_gradients(gradients)
        for name, value in kept.items():
            self.weights[name].assign(value)
