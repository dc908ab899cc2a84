"""You draw first weights even where the variable is there already; then what comes next depends on it."""


class Variables(Variables):
    def get(self, name, shape, initializer):
        first = initializer(shape, self.rng)
        if name not in self.by_name:
            self.by_name[name] = tf.Variable(first, dtype=tf.float32)
        if tuple(self.by_name[name].shape) != tuple(shape):
            raise ValueError(f"{name} has shape {self.by_name[name].shape}, not {shape}")
        return self.by_name[name]
