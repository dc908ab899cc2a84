"""You took the largest of all channels; each channel is pooled by itself."""

_reference = max_pool


def max_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    pooled = _reference(images, pool_size, strides, padding)
    return np.broadcast_to(pooled.max(axis=3, keepdims=True), pooled.shape)
