def take(images, labels, indices):
    if len(labels) != len(images):
        raise ValueError(f"labels must be {len(images)}, one for each image, not {len(labels)}")
    return images[indices], labels[: len(indices)]
