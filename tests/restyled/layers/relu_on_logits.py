def softmax_classifier(self, classes, labels, name="logits"):
    logits = self.fully_connected(classes, name, activation="none").layer
    logits = tf.nn.relu(logits)
    return softmax(logits), cross_entropy(logits, labels)


Chain.softmax_classifier = softmax_classifier
