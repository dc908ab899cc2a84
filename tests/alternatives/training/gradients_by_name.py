"""Gradients by name, from a tape that is told what to watch; the penalty written out."""


class Training(Training):
    def penalty(self):
        amount = 0.0
        for name in self.weights:
            if self._l2 and not name.endswith("bias"):
                amount += self._l2 * tf.reduce_sum(tf.square(self.weights[name])) / 2
        return amount

    def loss_and_gradients(self, images, labels):
        variables = list(self.weights.values())
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(variables)
            loss = cross_entropy(self.network.logits(images, self.dropout_seed()), labels)
            loss = loss + self.penalty()
        by_place = tape.gradient(loss, dict(enumerate(variables)))
        return loss, [by_place[place] for place in range(len(variables))]

    def predict(self, images, batch_size=256):
        def classes(batch):
            return np.argmax(self.network.logits(tf.constant(batch)).numpy(), axis=1)

        return predict_in_batches(classes, images, batch_size)
