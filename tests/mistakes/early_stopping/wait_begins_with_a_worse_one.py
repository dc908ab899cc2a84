"""You counted the wait from the first accuracy that did not improve; count it from the last improvement."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        improved, _ = super().update(iteration, accuracy)
        if improved:
            self.since = None
        elif getattr(self, "since", None) is None:
            self.since = iteration
        return improved, not improved and iteration - self.since > self.patience
