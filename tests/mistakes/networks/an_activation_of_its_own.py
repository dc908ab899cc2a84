"""You fixed the activation inside of the network; the chain's defaults decide, so that it can be changed."""


def dense(images, classes=10, units=(500, 500)):
    network = images.flatten()
    for count in units:
        network = network.fully_connected(count, activation="relu")
    return network.fully_connected(classes, "logits", activation="none")
