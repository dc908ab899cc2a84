"""You wrote the kernel size into the network; it is an argument, `kernel_size`, and may be another one."""


def cnn(images, classes=10, kernel_size=5, filters=(16, 36), units=128):
    network = images
    for channels in filters:
        network = network.conv2d(5, channels, pool_size=2)
    network = network.flatten().fully_connected(units).dropout()
    return network.fully_connected(classes, "logits", activation="none")
