def small_vgg(
    images: Chain, classes: int = 10, kernel_size: int = 3, filters: tuple[int, ...] = (64, 128)
) -> Chain:
    net = images
    for number in filters:
        net = net.conv2d(kernel_size, number)
        net = net.conv2d(kernel_size, number)
        net = net.max_pool(2, 2)
    net = net.flatten()
    return net.fully_connected(classes, name="logits", activation="none")


def cnn(
    images: Chain,
    classes: int = 10,
    kernel_size: int = 5,
    filters: tuple[int, ...] = (16, 36),
    units: int = 128,
) -> Chain:
    net = images
    for number in filters:
        net = net.conv2d(kernel_size, number).max_pool()
    hidden = net.flatten().fully_connected(units).dropout()
    return hidden.fully_connected(classes, name="logits", activation="none")


def vgg(
    images: Chain,
    classes: int = 10,
    filters: tuple[int, ...] = (64, 128, 256, 512),
    repeats: tuple[int, ...] = (2, 2, 3, 3),
    units: int = 4096,
) -> Chain:
    net = images.pad_to(32, 32)
    for number, times in zip(filters, repeats, strict=True):
        for _ in range(times):
            net = net.conv2d(3, number)
        net = net.max_pool()
    hidden = net.flatten().fully_connected(units).dropout()
    return hidden.fully_connected(classes, name="logits", activation="none")
