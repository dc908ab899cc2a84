"""You keep the best in the class, where all trainings share it; keep it in the object, as
self.best_accuracy.
"""


class EarlyStopping:
    best_accuracy = None
    best_iteration = 0

    def __init__(self, patience):
        if patience < 0:
            raise ValueError(f"patience must be at least 0, not {patience}")
        self.patience = patience

    def update(self, iteration, accuracy):
        best = EarlyStopping.best_accuracy
        improved = accuracy == accuracy and (best is None or accuracy > best)
        if improved:
            EarlyStopping.best_accuracy, EarlyStopping.best_iteration = accuracy, iteration
        return improved, iteration - EarlyStopping.best_iteration > self.patience
