"""You left out `dropout()` after the dense layer; it does nothing unless the defaults ask for it."""


def vgg(images, classes=10, filters=(64, 128, 256, 512), repeats=(2, 2, 3, 3), units=4096):
    network = images.pad_to(32, 32)
    for channels, repeat in zip(filters, repeats):
        for layer in range(repeat):
            network = network.conv2d(3, channels, pool_size=2 if layer == repeat - 1 else 1)
    return network.flatten().fully_connected(units).fully_connected(classes, "logits", activation="none")
