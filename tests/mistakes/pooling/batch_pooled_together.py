"""You took the mean of all images; each image of the batch is pooled by itself."""

_reference = average_pool


def average_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    pooled = _reference(images, pool_size, strides, padding)
    return np.broadcast_to(pooled.mean(axis=0, keepdims=True), pooled.shape)
