"""You showed the first images again and again; each batch begins where the one before ended."""


def predict_in_batches(predict, images, batch_size):
    check_at_least_one(images=len(images), batch_size=batch_size)
    batches = range(0, len(images), batch_size)
    return np.concatenate([predict(images[: min(batch_size, len(images) - begin)]) for begin in batches])
