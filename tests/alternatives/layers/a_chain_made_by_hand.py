"""The chain's methods make a new `Chain` with all of its fields, and look up each default by itself."""


class Chain(Chain):
    def with_defaults(self, **arguments):
        unknown = set(arguments) - set(DEFAULT_ARGUMENTS)
        if unknown:
            raise ValueError(f"unknown: {unknown}")
        merged = dict(self.defaults)
        merged.update(arguments)
        return Chain(self.layer, self.variables, merged, self.outputs, self.features, self.dropout_seed)

    def _default(self, arguments, name, otherwise):
        return arguments.pop(name, self.defaults.get(name, otherwise))

    def conv2d(self, kernel_size, filters, name=None, **arguments):
        name = self.new_name("conv", name)
        activation = self._default(arguments, "activation", "relu")
        settings = {
            "initializer": self._default(arguments, "initializer", "truncated_normal"),
            "initial_bias": self._default(arguments, "initial_bias", 0.05),
            "pooling": self._default(arguments, "pooling", "max"),
        }
        layer = conv_layer(
            self.variables, name, self.layer, kernel_size, filters, activation="none", **settings, **arguments
        )[0]
        outputs = dict(self.outputs)
        outputs[name] = layer
        activated = ACTIVATIONS[activation](layer)
        return Chain(activated, self.variables, self.defaults, outputs, self.features, self.dropout_seed)

    def fully_connected(self, units, name=None, **arguments):
        name = self.new_name("dense", name)
        activation = self._default(arguments, "activation", "relu")
        first = (
            "last_initializer"
            if activation == "none" and "last_initializer" in self.defaults
            else "initializer"
        )
        initializer = arguments.pop("initializer", self.defaults.get(first, "truncated_normal"))
        bias = self._default(arguments, "initial_bias", 0.05)
        layer = fully_connected_layer(self.variables, name, self.layer, units, "none", initializer, bias)[0]
        return self.with_activation(name, layer, activation)

    def max_pool(self, pool_size=2, strides=2):
        layer = tf.nn.max_pool2d(self.layer, pool_size, strides, "SAME")
        return Chain(layer, self.variables, self.defaults, self.outputs, self.features, self.dropout_seed)

    def flatten(self):
        features = int(np.prod(self.layer.shape[1:]))
        layer = tf.reshape(self.layer, (-1, features))
        return Chain(layer, self.variables, self.defaults, self.outputs, features, self.dropout_seed)
