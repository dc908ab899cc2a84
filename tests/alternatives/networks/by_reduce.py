"""Layers put on with functools.reduce."""

from functools import reduce


def dense(images, classes=10, units=(500, 500)):
    hidden = reduce(lambda network, count: network.fully_connected(count), units, images.flatten())
    return hidden.fully_connected(classes, name="logits", activation="none")


def small_vgg(images, classes=10, kernel_size=3, filters=(64, 128)):
    def pair(network, channels):
        return network.conv2d(kernel_size, channels).conv2d(kernel_size, channels, pool_size=2)

    return reduce(pair, filters, images).flatten().fully_connected(classes, name="logits", activation="none")
