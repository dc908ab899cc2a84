"""You pooled by `max_pool` whatever the defaults say; the default `pooling` applies to the argument `pool_size`."""


def small_vgg(images, classes=10, kernel_size=3, filters=(64, 128)):
    network = images
    for channels in filters:
        network = network.conv2d(kernel_size, channels).conv2d(kernel_size, channels).max_pool(2, 2)
    return network.flatten().fully_connected(classes, "logits", activation="none")
