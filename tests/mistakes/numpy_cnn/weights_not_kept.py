"""You gave the new weights to a local name only, so nothing is learned; put them into `self.weights` under
their name."""


class Training(Training):
    def step(self, images, labels):
        loss, gradients = loss_and_gradients(self.weights, images, labels)
        for name, gradient in gradients.items():
            weights = self.weights[name]
            weights, self.states[name] = adam_step(weights, self.states[name], gradient, self.learning_rate)
        return float(loss)
