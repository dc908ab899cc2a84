"""You keep the best in the class, shared by all trainings; it belongs to the object: self.best_accuracy."""

_shared = {"accuracy": None, "iteration": 0}


class EarlyStopping(EarlyStopping):
    def update(self, iteration, accuracy):
        self.best_accuracy, self.best_iteration = _shared["accuracy"], _shared["iteration"]
        said = super().update(iteration, accuracy)
        _shared["accuracy"], _shared["iteration"] = self.best_accuracy, self.best_iteration
        return said
