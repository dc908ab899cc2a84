class EarlyStopping:
    best_accuracy = None
    best_iteration = 0

    def __init__(self, patience):
        if patience < 0:
            raise ValueError(f"patience {patience}")
        self.patience = patience

    def update(self, iteration, accuracy):
        late = iteration > self.best_iteration + self.patience
        if accuracy != accuracy:
            return False, late
        if self.best_accuracy is not None and accuracy <= self.best_accuracy:
            return False, late
        self.best_accuracy = accuracy
        self.best_iteration = iteration
        return True, late
