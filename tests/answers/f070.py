class EarlyStopping:
    def __init__(self, patience: int):
        if patience < 0:
            raise ValueError(f"patience must be at least 0, not {patience}")
        self.patience = patience
        self.best_accuracy = None
        self.best_iteration = 0

    def update(self, iteration: int, accuracy: float):
        if accuracy != accuracy:
            improved = False
        else:
            improved = bool(self.best_accuracy is None or accuracy > self.best_accuracy)
        if improved:
            self.best_accuracy = accuracy
            self.best_iteration = iteration
        if self.best_accuracy is None:
            return improved, False
        return improved, bool(iteration - self.best_iteration > self.patience)
