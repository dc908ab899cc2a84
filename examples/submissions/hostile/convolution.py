"""Never answers."""


def conv2d(images, filters, bias=None, strides=(1, 1), padding="SAME"):
    while True:
        pass
