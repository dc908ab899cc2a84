"""You pooled with the first layer of each pair; the second one pools, so that both see the larger image."""


def small_vgg(images, classes=10, kernel_size=3, filters=(64, 128)):
    network = images
    for channels in filters:
        network = network.conv2d(kernel_size, channels, pool_size=2).conv2d(kernel_size, channels)
    return network.flatten().fully_connected(classes, "logits", activation="none")
