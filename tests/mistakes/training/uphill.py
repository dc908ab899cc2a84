"""You turned the gradient round: the optimizer goes against it already, and now the loss climbs."""


class Training(Training):
    def apply_gradients(self, gradients):
        super().apply_gradients([-1 * gradient for gradient in gradients])
