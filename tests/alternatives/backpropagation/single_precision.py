"""Computes in float32, as TensorFlow does, and one image at a time."""


def dense_gradients(inputs, kernel, gradient):
    inputs, kernel, gradient = (np.float32(array) for array in (inputs, kernel, gradient))
    kernel_gradient = sum(np.outer(row, slope) for row, slope in zip(inputs, gradient))
    return gradient @ kernel.T, kernel_gradient, sum(gradient)


def relu_gradient(inputs, gradient):
    gradient = gradient.astype(np.float32)
    gradient[~(inputs > 0)] = 0
    return gradient


def softmax_cross_entropy_gradient(probabilities, targets):
    gradient = np.float32(probabilities)
    gradient[np.arange(len(targets)), targets.argmax(axis=1)] -= 1
    return gradient / np.float32(len(targets))


def conv2d_gradients(images, kernel, gradient, strides=(1, 1)):
    images, kernel, gradient = (array.astype("float32") for array in (images, kernel, gradient))
    height, width = kernel.shape[:2]
    images_gradient, kernel_gradient = np.zeros_like(images), np.zeros_like(kernel)
    for image, image_gradient, slopes in zip(images, images_gradient, gradient):
        for i, j in np.ndindex(slopes.shape[:2]):
            top, left = i * strides[0], j * strides[1]
            patch = np.s_[top : top + height, left : left + width]
            kernel_gradient += np.multiply.outer(image[patch], slopes[i, j])
            image_gradient[patch] += kernel @ slopes[i, j]
    return images_gradient, kernel_gradient, gradient.sum(0).sum(0).sum(0)


def max_pool_gradient(images, gradient, pool_size=(2, 2), strides=(2, 2)):
    answer = np.zeros(images.shape, np.float32)
    for n, i, j, c in np.ndindex(gradient.shape):
        y, x = i * strides[0], j * strides[1]
        window = images[n, y : y + pool_size[0], x : x + pool_size[1], c].astype(np.float32)
        best = divmod(int(window.argmax()), pool_size[1])
        answer[n, y + best[0], x + best[1], c] += gradient[n, i, j, c]
    return answer
