"""You changed the chain itself; `with_defaults` returns a new chain and leaves the old one as it was."""


class Chain(Chain):
    def with_defaults(self, **arguments):
        for name in arguments:
            if name not in DEFAULT_ARGUMENTS:
                raise ValueError(f"no default argument {name}")
        self.defaults.update(arguments)
        return self
