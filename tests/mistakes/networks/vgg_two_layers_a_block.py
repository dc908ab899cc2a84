"""You made two layers in each block; `repeats` says how many, and the deeper blocks have three."""


def vgg(images, classes=10, filters=(64, 128, 256, 512), repeats=(2, 2, 3, 3), units=4096):
    network = images.pad_to(32, 32)
    for channels in filters:
        network = network.conv2d(3, channels).conv2d(3, channels, pool_size=2)
    network = network.flatten().fully_connected(units).dropout()
    return network.fully_connected(classes, "logits", activation="none")
