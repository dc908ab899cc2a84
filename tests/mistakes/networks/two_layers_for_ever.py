"""You wrote two layers for ever; `filters` says how many there are, and it may have three numbers."""


def cnn(images, classes=10, kernel_size=5, filters=(16, 36), units=128):
    network = images.conv2d(kernel_size, filters[0], pool_size=2).conv2d(kernel_size, filters[1], pool_size=2)
    network = network.flatten().fully_connected(units).dropout()
    return network.fully_connected(classes, "logits", activation="none")
