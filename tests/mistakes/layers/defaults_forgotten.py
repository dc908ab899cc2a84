"""You dropped the defaults that were set before; new ones are added to them."""


class Chain(Chain):
    def with_defaults(self, **arguments):
        for name in arguments:
            if name not in DEFAULT_ARGUMENTS:
                raise ValueError(f"no default argument {name}")
        return replace(self, defaults=arguments)
