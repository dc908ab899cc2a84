"""Sums over named axes only: a matrix of ones and zeros says which pixel each position and weight meet."""


def _meets(positions, size, step, pixels):
    i, y, pixel = np.ogrid[:positions, :size, :pixels]
    return (i * step + y == pixel).astype(float)


def dense_gradients(inputs, kernel, gradient):
    return (
        np.einsum("nu,iu->ni", gradient, kernel),
        np.einsum("ni,nu->iu", inputs, gradient),
        np.einsum("nu->u", gradient),
    )


def relu_gradient(inputs, gradient):
    return np.heaviside(inputs, 0) * gradient


def softmax_cross_entropy_gradient(probabilities, targets):
    # p[k] * sum(targets) - targets[k], by the Jacobian of softmax.
    batch = probabilities.shape[0]
    return np.einsum("nk,nj->nk", probabilities / batch, targets) - targets / batch


def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    down = _meets(gradient.shape[1], kernel.shape[0], strides[0], images.shape[1])
    right = _meets(gradient.shape[2], kernel.shape[1], strides[1], images.shape[2])
    return (
        np.einsum("iyh,jxw,nijf,yxcf->nhwc", down, right, gradient, kernel, optimize=True),
        np.einsum("iyh,jxw,nhwc,nijf->yxcf", down, right, images, gradient, optimize=True),
        np.einsum("nijf->f", gradient),
    )


def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    seen = patches(images, pool_size, strides)
    seen = seen.reshape(*seen.shape[:3], -1, seen.shape[5])
    chosen = np.eye(seen.shape[3])[seen.argmax(axis=3)].reshape(*gradient.shape, *pool_size)
    down = _meets(gradient.shape[1], pool_size[0], strides[0], images.shape[1])
    right = _meets(gradient.shape[2], pool_size[1], strides[1], images.shape[2])
    return np.einsum("iyh,jxw,nijcyx,nijc->nhwc", down, right, chosen, gradient, optimize=True)
