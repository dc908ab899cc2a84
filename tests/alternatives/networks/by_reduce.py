"""Layers put on with functools.reduce."""

from functools import reduce


def dense(images, classes=10, units=(500, 500)):
    hidden = reduce(lambda network, count: network.fully_connected(count), units, images.flatten())
    return hidden.fully_connected(classes, name="logits", activation="none")


def convnet(images, classes=10, kernel_size=3, depths=(64, 128)):
    def pair(network, depth):
        return network.conv2d(kernel_size, depth).conv2d(kernel_size, depth, pool=2)

    return reduce(pair, depths, images).flatten().fully_connected(classes, name="logits", activation="none")
