"""Each network as a list of what to call, called one after the other."""


def _built(images, calls):
    for name, arguments, keywords in calls:
        images = getattr(images, name)(*arguments, **keywords)
    return images


def _end(classes):
    return ("fully_connected", (classes, "logits"), {"activation": "none"})


def linear(images, classes=10):
    return _built(images, [("flatten", (), {}), _end(classes)])


def cnn(images, classes=10, kernel_size=5, filters=(16, 36), units=128):
    convolutions = [("conv2d", (kernel_size, channels), {"pool_size": 2}) for channels in filters]
    rest = [("flatten", (), {}), ("fully_connected", (units,), {}), ("dropout", (), {}), _end(classes)]
    return _built(images, convolutions + rest)


def vgg(images, classes=10, filters=(64, 128, 256, 512), repeats=(2, 2, 3, 3), units=4096):
    calls = [("pad_to", (32, 32), {})]
    for channels, repeat in zip(filters, repeats, strict=True):
        calls += [("conv2d", (3, channels), {})] * (repeat - 1)
        calls += [("conv2d", (3, channels), {"pool_size": 2})]
    calls += [("flatten", (), {}), ("fully_connected", (units,), {}), ("dropout", (), {}), _end(classes)]
    return _built(images, calls)
