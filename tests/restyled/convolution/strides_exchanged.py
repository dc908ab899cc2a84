def conv2d(images, kernel, bias, strides=(1, 1)):
    if kernel.shape[-2] != images.shape[-1]:
        raise ValueError(f"kernel: {kernel.shape}")
    across, down = strides
    seen = patches(images, kernel.shape[:2], (down, across))
    return np.einsum("nijyxc,yxcf->nijf", seen, kernel) + bias
