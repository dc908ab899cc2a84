"""You turned the images into whole numbers, and fractions are lost; show them to `predict` as they are."""

_reference = predict_in_batches


def predict_in_batches(predict, images, batch_size):
    return _reference(predict, images.astype(int), batch_size)
