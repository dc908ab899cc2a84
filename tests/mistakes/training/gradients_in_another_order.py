"""Your gradients are in another order than `self.weights`; each one belongs to the variable of its position."""


class Training(Training):
    def loss_and_gradients(self, images, labels):
        loss, gradients = super().loss_and_gradients(images, labels)
        return loss, gradients[::-1]
