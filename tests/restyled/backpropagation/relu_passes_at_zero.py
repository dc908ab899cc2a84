def relu_gradient(inputs, gradient):
    dx = np.array(gradient)
    dx[inputs < 0] = 0
    return dx
