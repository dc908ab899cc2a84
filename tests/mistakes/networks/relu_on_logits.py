"""You left the activation on the logits: ReLU makes 0 of all that is below; the last layer has none."""


def linear(images, classes=10):
    return images.flatten().fully_connected(classes, "logits")
