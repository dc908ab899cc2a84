def small_vgg(images, classes=10, kernel_size=3, filters=(64, 128)):
    network = images
    for count in filters:
        network = network.conv2d(kernel_size, count, pool_size=2)
        network = network.conv2d(kernel_size, count)
    return network.flatten().fully_connected(classes, name="logits", activation="none")
