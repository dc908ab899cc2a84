class Variables:
    def __init__(self, seed: int = 0):
        self.by_name: dict[str, tf.Variable] = {}
        self.rng = np.random.default_rng(seed)

    def get(self, name: str, shape: tuple[int, ...], initializer: Callable[..., np.ndarray]) -> tf.Variable:
        if name in self.by_name:
            there = tuple(self.by_name[name].shape)
            if there != tuple(shape):
                raise ValueError(f"{name} has the shape {there}, not {tuple(shape)}")
        begin = initializer(shape, self.rng)
        made = tf.Variable(begin, dtype=tf.float32)
        self.by_name[name] = made
        return made

    def constant(self, name: str, shape: tuple[int, ...], value: float) -> tf.Variable:
        return self.get(name, shape, lambda shape, rng: np.full(shape, value, np.float32))

    def arrays(self) -> dict[str, np.ndarray]:
        return {name: variable.numpy() for name, variable in self.by_name.items()}

    def assign(self, arrays: dict[str, np.ndarray]) -> None:
        for name, variable in self.by_name.items():
            variable.assign(arrays[name])
