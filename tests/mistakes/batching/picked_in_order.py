"""You sorted the indices; a batch comes in the order in which they are given."""

_reference = take


def take(images, labels, indices):
    return _reference(images, labels, np.sort(indices))
