class Training(Training):
    def step(self, images, labels):
        loss, grads = loss_and_gradients(self.weights, images, labels)
        new = {}
        for key in self.weights:
            state = self.states[key]
            new[key], state = adam_step(
                self.weights[key], state, grads[key], learning_rate=self.learning_rate
            )
        self.weights = new
        return loss
