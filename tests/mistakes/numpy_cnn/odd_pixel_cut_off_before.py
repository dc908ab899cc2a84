"""You cut the odd pixel of the padding off before the image; `same_padding` puts it after, so it is cut off
there."""


def block_gradients(kernel, kept, gradient):
    padded, convolved, pooled = kept
    convolved_gradient = max_pool_gradient(convolved, relu_gradient(pooled, gradient))
    padded_gradient, *of_weights = conv2d_gradients(padded, kernel, convolved_gradient)
    height, width = convolved.shape[1:3]
    top, left = (1 + padded.shape[1] - height) // 2, (1 + padded.shape[2] - width) // 2
    return padded_gradient[:, top : top + height, left : left + width], *of_weights
