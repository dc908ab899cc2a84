"""The store looks first whether the name is known; the chain finds a kernel among all variables."""


class Variables(Variables):
    def get(self, name, shape, initializer):
        known = self.by_name.get(name)
        if known is None:
            known = tf.Variable(tf.cast(initializer(tuple(shape), self.rng), tf.float32))
            self.by_name[name] = known
        elif known.shape != tf.TensorShape(shape):
            raise ValueError(f"{name}: {known.shape} is not {shape}")
        return known


class Chain(Chain):
    def kernel(self, name):
        if name not in self.outputs:
            raise KeyError(name)
        for key, variable in self.variables.by_name.items():
            if key == name + "/kernel":
                return variable
