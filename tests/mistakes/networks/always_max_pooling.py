"""You pooled by `max_pool` whatever the defaults say; the argument `pool` heeds the default `pooling`."""


def convnet(images, classes=10, kernel_size=3, depths=(64, 128)):
    network = images
    for depth in depths:
        network = network.conv2d(kernel_size, depth).conv2d(kernel_size, depth).max_pool(2, 2)
    return network.flatten().fully_connected(classes, "logits", activation="none")
