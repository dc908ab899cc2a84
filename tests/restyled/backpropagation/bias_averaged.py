def dense_gradients(inputs, kernel, gradient):
    batch, units = gradient.shape
    dx, dw = np.zeros(inputs.shape), np.zeros(kernel.shape)
    db = np.zeros(units)
    for n in range(batch):
        dx[n] = kernel.dot(gradient[n])
        dw += np.outer(inputs[n], gradient[n])
        db += gradient[n] / batch
    return dx, dw, db
