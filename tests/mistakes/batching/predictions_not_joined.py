"""You returned a list with the predictions of each batch; join them with np.concatenate."""


def predict_in_batches(predict, images, batch_size):
    check_at_least_one(images=len(images), batch_size=batch_size)
    return [predict(images[begin : begin + batch_size]) for begin in range(0, len(images), batch_size)]
