"""You showed all images at once, which may take too much memory; show at most `batch_size` at a time."""


def predict_in_batches(predict, images, batch_size):
    check_at_least_one(images=len(images), batch_size=batch_size)
    return predict(images)
