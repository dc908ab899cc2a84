class EarlyStopping:
    def __init__(self, patience: int):
        if patience < 0:
            raise ValueError(f"patience must be at least 0, not {patience}")
        self.patience = patience
        self.best_accuracy = None
        self.best_iteration = 0

    def update(self, iteration: int, accuracy: float):
        if accuracy > (self.best_accuracy or 0.0):
            self.best_accuracy = accuracy
            self.best_iteration = iteration
            return True, False
        return False, bool(iteration - self.best_iteration > self.patience)
