"""You showed all images at once; the point is to show no more than `batch_size`, for the sake of memory."""

_reference = predict_in_batches


def predict_in_batches(predict, images, batch_size):
    return predict(images) if len(images) and batch_size > 0 else _reference(predict, images, batch_size)
