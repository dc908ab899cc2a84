class EarlyStopping:
    def __init__(self, patience):
        if patience < 0:
            raise ValueError(f"patience {patience}")
        self.patience = int(patience)
        self.best_accuracy = None
        self.best_iteration = 0

    def update(self, iteration, accuracy):
        better = accuracy == accuracy and (self.best_accuracy is None or accuracy < self.best_accuracy)
        if better:
            self.best_accuracy = accuracy
            self.best_iteration = iteration
        waited = iteration - self.best_iteration
        return better, waited > self.patience
