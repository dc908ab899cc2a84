"""You took the mean of all images; each image of the batch is pooled by itself."""

_reference = average_pool


def average_pool(images, window=(2, 2), strides=(2, 2), padding="VALID"):
    pooled = _reference(images, window, strides, padding)
    return np.broadcast_to(pooled.mean(axis=0, keepdims=True), pooled.shape)
