def block_gradients(kernel, kept, gradient):
    padded, convolved, pooled = kept
    gradient = gradient * (pooled > 0)
    spread = np.zeros_like(convolved)
    for y in (0, 1):
        for x in (0, 1):
            spread[:, y::2, x::2] = gradient
    found, of_kernel, of_bias = conv2d_gradients(padded, kernel, spread)
    return crop_or_pad(found, convolved.shape[1], convolved.shape[2]), of_kernel, of_bias
