"""You applied the gradients twice; a step moves each variable once."""


class Training(Training):
    def step(self, images, labels):
        loss, gradients = self.loss_and_gradients(images, labels)
        self.apply_gradients(gradients)
        self.apply_gradients(gradients)
        self.iteration.assign_sub(1)
        return loss
