def crop_or_pad(images, height, width):
    check_at_least_one(height=height, width=width)
    for axis, size in ((1, height), (2, width)):
        now = images.shape[axis]
        if size < now:
            start = (now - size) // 2
            images = np.take(images, range(start, start + size), axis=axis)
        else:
            margins = [(0, 0)] * 4
            before = math.ceil((size - now) / 2)
            margins[axis] = (before, size - now - before)
            images = np.pad(images, margins)
    return images
