"""You began with a best accuracy of 0, so a first accuracy of 0 is no improvement; begin with None."""


class EarlyStopping(EarlyStopping):
    def __init__(self, patience):
        super().__init__(patience)
        self.best_accuracy = 0.0
