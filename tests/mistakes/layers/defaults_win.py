"""You let the default win over the layer's own argument; a default is for what the layer does not say."""

_reference = Chain.fully_connected


class Chain(Chain):
    def fully_connected(self, units, name=None, **arguments):
        own = {key: self.defaults.get(key, value) for key, value in arguments.items()}
        return _reference(self, units, name, **own)
