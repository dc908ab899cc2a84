"""You left the dropout seed out; in a training step, `self.network.logits` needs `self.dropout_seed()`."""


class Training(Training):
    def loss_and_gradients(self, images, labels):
        with tf.GradientTape() as tape:
            loss = cross_entropy(self.network.logits(images), labels) + self.penalty()
        return loss, tape.gradient(loss, list(self.weights.values()))
