"""You did not count the labels; where they are not as many as the images, raise a ValueError."""


def take(images, labels, indices):
    return images[indices], labels[indices]
