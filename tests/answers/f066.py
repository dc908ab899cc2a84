class EarlyStopping:
    def __init__(self, patience: int):
        if patience < 0:
            raise ValueError(f"patience must be at least 0, not {patience}")
        self.patience = patience
        self.best_accuracy = None
        self.best_iteration = 0

    def update(self, iteration: int, accuracy: float):
        is_number = accuracy == accuracy
        if is_number and (self.best_accuracy is None or accuracy > self.best_accuracy):
            self.best_accuracy = accuracy
            self.best_iteration = iteration
            return True, False
        return False, bool(iteration - self.best_iteration >= self.patience)
