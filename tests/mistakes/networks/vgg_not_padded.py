"""You did not pad to 32 by 32; 28 is halved twice only, and 7 leaves an odd row each time after."""


def vgg(images, classes=10, filters=(64, 128, 256, 512), repeats=(2, 2, 3, 3), units=4096):
    network = images
    for channels, repeat in zip(filters, repeats):
        for layer in range(repeat):
            network = network.conv2d(3, channels, pool_size=2 if layer == repeat - 1 else 1)
    network = network.flatten().fully_connected(units).dropout()
    return network.fully_connected(classes, "logits", activation="none")
