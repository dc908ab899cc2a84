def take(images, labels, indices):
    if len(images) != len(labels):
        raise ValueError(f"labels {len(labels)}")
    return np.stack([images[i] for i in indices]) if len(indices) else images[:0], labels[: len(indices)]
