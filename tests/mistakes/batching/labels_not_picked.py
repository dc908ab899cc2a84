"""You picked the images but left the labels in their own order: they belong to other images now."""

_reference = take


def take(images, labels, indices):
    return _reference(images, labels, indices)[0], labels[: len(indices)]
