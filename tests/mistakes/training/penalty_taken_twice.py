"""You added the penalty twice; the loss is the cross-entropy and the penalty once."""


class Training(Training):
    def penalty(self):
        return 2 * super().penalty()
