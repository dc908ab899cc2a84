"""You accept a patience that is not whole; 2.5 iterations never pass: refuse it with a ValueError."""


class EarlyStopping(EarlyStopping):
    def __init__(self, patience):
        super().__init__(patience // 1)
        self.patience = patience
