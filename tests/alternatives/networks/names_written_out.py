"""Every layer is given its name, and pooling is asked for from a list."""


def cnn(images, classes=10, kernel_size=5, filters=(16, 36), units=128):
    network = images
    for number, channels in enumerate(filters, start=1):
        network = network.conv2d(kernel_size, channels, name="conv" + str(number), pool_size=2)
    network = network.flatten().fully_connected(units, name="dense1")
    return network.dropout().fully_connected(classes, name="logits", activation="none")


def vgg(images, classes=10, filters=(64, 128, 256, 512), repeats=(2, 2, 3, 3), units=4096):
    plan = [(d, 1 + (i == r - 1)) for d, r in zip(filters, repeats) for i in range(r)]
    network = images.pad_to(32, 32)
    for number, (channels, pool_size) in enumerate(plan, start=1):
        network = network.conv2d(3, channels, f"conv{number}", pool_size=pool_size)
    network = network.flatten().fully_connected(units, "dense1")
    return network.dropout().fully_connected(classes, "logits", activation="none")
