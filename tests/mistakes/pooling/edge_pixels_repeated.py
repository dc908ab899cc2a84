"""You repeated the pixels at the edge into the padding and counted them twice; a padded pixel does not exist."""


def average_pool(images, pool_size=(2, 2), strides=(2, 2), padding=NO_PADDING):
    padded = np.pad(images, ((0, 0), *padding, (0, 0)), mode="edge")
    return patches(padded, pool_size, strides).mean(axis=(3, 4))
