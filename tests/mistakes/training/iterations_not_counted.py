"""You did not count the iteration; `self.iteration` grows by 1 with each step."""


class Training(Training):
    def apply_gradients(self, gradients):
        super().apply_gradients(gradients)
        self.iteration.assign_sub(1)
