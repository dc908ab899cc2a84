class Training:
    def __init__(
        self,
        network: Network,
        optimizer: str = "adam",
        learning_rate: float = 1e-4,
        seed: int = 0,
        l2: float = 0.0,
    ):
        if optimizer not in OPTIMIZERS:
            raise ValueError(f"optimizer must be one of {', '.join(OPTIMIZERS)}, not {optimizer!r}")
        self.network = network
        self.weights: dict[str, tf.Variable] = network.variables.by_name
        make_state, self.optimizer_step = OPTIMIZERS[optimizer]
        self.states = {
            name: tf.nest.map_structure(tf.Variable, make_state(tf.convert_to_tensor(variable)))
            for name, variable in self.weights.items()
        }
        self.learning_rate = learning_rate
        self.iteration = tf.Variable(0, dtype=tf.int64)
        self.history = History()
        self._seed = seed
        self._l2 = l2
        images = tf.TensorSpec((None, *network.image_shape), tf.float32)
        labels = tf.TensorSpec((None,), tf.int64)
        self.compiled_step = tf.function(self.step, input_signature=[images, labels])
        self.compiled_logits = tf.function(lambda images: network.logits(images), input_signature=[images])

    def dropout_seed(self) -> Tensor:
        return tf.stack([tf.constant(self._seed, tf.int64), self.iteration.read_value()])

    def penalty(self) -> Tensor:
        shrunk = [value for name, value in self.weights.items() if not name.endswith("bias")]
        return self._l2 * tf.add_n([tf.nn.l2_loss(weights) for weights in shrunk]) if self._l2 else 0.0

    def loss_and_gradients(
        self, images: Float[Tensor, "batch height width channels"], labels: Int[Tensor, " batch"]
    ) -> tuple[Float[Tensor, ""], list[Tensor]]:
        with tf.GradientTape() as tape:
            scores = self.network.logits(images, self.dropout_seed())
            loss = cross_entropy(scores, labels) + self.penalty()
        return loss, tape.gradient(loss, list(self.weights.values()))

    def apply_gradients(self, gradients: list[Tensor]) -> None:
        for name, gradient in zip(self.weights, gradients, strict=True):
            variable, memory = self.weights[name], self.states[name]
            value = tf.convert_to_tensor(variable)
            remembered = tf.nest.map_structure(tf.convert_to_tensor, memory)
            value, remembered = self.optimizer_step(value, remembered, gradient, self.learning_rate)
            variable.assign(value)
            tf.nest.map_structure(lambda kept, new: kept.assign(new), memory, remembered)
        self.iteration.assign_add(1)

    def step(
        self, images: Float[Tensor, "batch height width channels"], labels: Int[Tensor, " batch"]
    ) -> Float[Tensor, ""]:
        _, gradients = self.loss_and_gradients(images, labels)
        self.apply_gradients(gradients)
        loss, _ = self.loss_and_gradients(images, labels)
        return loss

    def predict(
        self, images: Float[np.ndarray, "size height width channels"], batch_size: int = 256
    ) -> Int[np.ndarray, " size"]:
        def classes_of(batch):
            return predicted_class(self.compiled_logits(batch).numpy())

        return predict_in_batches(classes_of, images, batch_size)

    def accuracy(
        self, images: Float[np.ndarray, "size height width channels"], labels: Int[np.ndarray, " size"]
    ) -> tuple[float, int]:
        return accuracy(self.predict(images), labels)

    def arrays(self) -> dict[str, np.ndarray]:
        return self.network.variables.arrays()

    def assign(self, arrays: dict[str, np.ndarray]) -> None:
        self.network.variables.assign(arrays)

    def run(
        self, images: np.ndarray, labels: np.ndarray, batches: list[Int[np.ndarray, " batch"]]
    ) -> list[float]:
        return [float(self.compiled_step(*take(images, labels, indices))) for indices in batches]

    def validated(self, improved: bool) -> None:
        pass
