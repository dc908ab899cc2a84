"""You predicted whole batches only: the images that are left over have no prediction."""

_reference = predict_in_batches


def predict_in_batches(predict, images, batch_size):
    whole = len(images) // batch_size * batch_size if batch_size > 0 else 0
    return _reference(predict, images[:whole] if whole else images, batch_size)
