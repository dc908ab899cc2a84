class EarlyStopping:
    def __init__(self, patience):
        if patience < 0:
            raise ValueError(f"patience {patience}")
        self.patience = int(patience)
        self.best_accuracy = None
        self.best_iteration = 0
        self.previous = -1.0

    def update(self, iteration, accuracy):
        better = accuracy == accuracy and accuracy > self.previous
        if better:
            self.best_accuracy = accuracy
            self.best_iteration = iteration
        self.previous = -1.0 if accuracy != accuracy else accuracy
        waited = iteration - self.best_iteration
        return better, waited > self.patience
