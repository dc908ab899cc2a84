class EarlyStopping:
    def __init__(self, patience: int):
        if patience < 0:
            raise ValueError(f"patience must not be negative, but is {patience}")
        self.patience = patience
        self.best_accuracy = None
        self.best_iteration = 0
        self.previous = 0

    def update(self, iteration: int, accuracy: float) -> tuple[bool, bool]:
        improved = False
        if self.best_accuracy is None:
            improved = accuracy == accuracy
        elif accuracy > self.best_accuracy:
            improved = True
        waited = iteration - self.previous
        self.previous = iteration
        if improved:
            self.best_accuracy, self.best_iteration = accuracy, iteration
            waited = 0
        return bool(improved), bool(waited > self.patience)
