"""You divided by the size of the window; under SAME only the pixels inside the image count."""


def average_pool(images, window=(2, 2), strides=(2, 2), padding="VALID"):
    return _windows(images, window, strides, padding, fill=0).mean(axis=(-2, -1))
