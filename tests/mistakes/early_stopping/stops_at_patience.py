"""You stop when exactly `patience` iterations have passed; it takes more than `patience`: > and not >=."""


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        improved, _ = super().update(iteration, accuracy)
        return improved, not improved and iteration - self.best_iteration >= self.patience
