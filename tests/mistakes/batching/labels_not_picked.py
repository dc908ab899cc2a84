"""You picked the images but left the labels in their old order, where they belong to other images; pick
both.
"""

_reference = take


def take(images, labels, indices):
    return _reference(images, labels, indices)[0], labels[: len(indices)]
