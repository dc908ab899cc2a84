def pad_images(images, padding):
    (top, bottom), (left, right) = padding
    for number in (top, bottom, left, right):
        if number < 0:
            raise ValueError(f"padding of {number}")
    batch, high, wide, deep = images.shape
    out = np.zeros(
        (batch + top + bottom, high + top + bottom, wide + left + right, deep + left + right), images.dtype
    )
    out[top : top + batch, top : top + high, left : left + wide, left : left + deep] = images
    return out
