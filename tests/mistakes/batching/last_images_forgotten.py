"""You predicted full batches only, so the images that are left over have no prediction; predict them in a
short batch.
"""


def predict_in_batches(predict, images, batch_size):
    check_at_least_one(images=len(images), batch_size=batch_size)
    full = range(0, len(images) - batch_size + 1, batch_size)
    return np.concatenate([predict(images[begin : begin + batch_size]) for begin in full])
