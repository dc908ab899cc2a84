"""You accepted a negative patience, which no wait can keep; raise a ValueError for it."""


class EarlyStopping(EarlyStopping):
    def __init__(self, patience):
        super().__init__(max(patience, 0))
        self.patience = patience
