"""You took the largest of all channels; each channel is pooled by itself."""

_reference = max_pool


def max_pool(images, window=(2, 2), strides=(2, 2), padding="VALID"):
    pooled = _reference(images, window, strides, padding)
    return np.broadcast_to(pooled.max(axis=3, keepdims=True), pooled.shape)
