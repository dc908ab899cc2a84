"""You wrote a learning rate into the code; the training has its own, `self.learning_rate`."""


class Training(Training):
    def apply_gradients(self, gradients):
        chosen, self.learning_rate = self.learning_rate, 1e-3
        super().apply_gradients(gradients)
        self.learning_rate = chosen
