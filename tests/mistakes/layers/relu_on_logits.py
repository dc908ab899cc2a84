"""You put a ReLU on the logits; then all that speaks against a class is lost: no activation there."""


class Chain(Chain):
    def softmax_classifier(self, classes, labels, name="logits"):
        logits = self.fully_connected(classes, name).layer
        return softmax(logits), cross_entropy(logits, labels)
