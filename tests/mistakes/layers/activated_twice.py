"""You let `conv_layer` activate and activated its result again; applied twice, it is another function."""


class Chain(Chain):
    def conv2d(self, kernel_size, filters, name=None, **arguments):
        name = self.new_name("conv", name)
        inherited = ("activation", "initializer", "initial_bias", "pooling")
        own = {key: self.defaults[key] for key in inherited if key in self.defaults}
        own.update(arguments)
        layer, _ = conv_layer(self.variables, name, self.layer, kernel_size, filters, **own)
        return self.with_activation(name, layer, own.get("activation", "relu"))
