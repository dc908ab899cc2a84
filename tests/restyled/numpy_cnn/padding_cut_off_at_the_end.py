def block_gradients(kernel, kept, gradient):
    x, conv, pool = kept
    g = np.where(pool > 0, gradient, 0.0)
    g = max_pool_gradient(conv, g)
    dx, dk, db = conv2d_gradients(x, kernel, g)
    rows = x.shape[1] - kernel.shape[0] + 1
    cols = x.shape[2] - kernel.shape[1] + 1
    return dx[:, 0:rows, 0:cols, :], dk, db
