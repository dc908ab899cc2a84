"""You showed an empty batch after the last image; begin a batch only where an image is left."""


def predict_in_batches(predict, images, batch_size):
    check_at_least_one(images=len(images), batch_size=batch_size)
    return np.concatenate(
        [predict(images[begin : begin + batch_size]) for begin in range(0, len(images) + 1, batch_size)]
    )
