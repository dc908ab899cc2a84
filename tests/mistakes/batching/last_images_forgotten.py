"""You predicted whole batches only: the images that are left over have no prediction."""


def predict_in_batches(predict, images, batch_size):
    if batch_size < 1:
        raise ValueError(f"batch_size must be at least 1, not {batch_size}")
    if len(images) == 0:
        raise ValueError("images must be at least 1, not 0")
    return np.concatenate(
        [
            predict(images[begin : begin + batch_size])
            for begin in range(0, len(images) - batch_size + 1, batch_size)
        ]
    )
