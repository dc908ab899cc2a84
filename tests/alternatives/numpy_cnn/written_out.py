"""Nothing of before is used for the network: patches by a view, windows by a reshape, Adam by its formula."""


def _seen(images, kernel, before):
    after = [size - 1 - ahead for size, ahead in zip(kernel.shape[:2], before)]
    padded = np.pad(images, ((0, 0), (before[0], after[0]), (before[1], after[1]), (0, 0)))
    return np.lib.stride_tricks.sliding_window_view(padded, kernel.shape[:2], axis=(1, 2))


def _windows(images):
    n, height, width, channels = images.shape
    return images.reshape(n, height // 2, 2, width // 2, 2, channels).swapaxes(2, 3)


def block(images, kernel, bias):
    seen = _seen(images, kernel, [(size - 1) // 2 for size in kernel.shape[:2]])
    found = np.einsum("nijcyx,yxcf->nijf", seen, kernel) + bias
    largest = _windows(found).max(axis=(3, 4))
    return largest * (largest > 0), (seen, found, largest)


def block_gradients(kernel, kept, gradient):
    seen, found, largest = kept
    windows = _windows(found)
    flat = windows.reshape(*windows.shape[:3], 4, -1)
    chosen = np.arange(4)[:, None] == flat.argmax(axis=3)[:, :, :, None]
    spread = (chosen * np.where(largest > 0, gradient, 0)[:, :, :, None]).reshape(windows.shape)
    back = spread.swapaxes(2, 3).reshape(found.shape)
    turned = kernel[::-1, ::-1]
    returned = _seen(back, kernel, [size // 2 for size in kernel.shape[:2]])
    return (
        np.einsum("nijfyx,yxcf->nijc", returned, turned),
        np.einsum("nijcyx,nijf->yxcf", seen, back),
        np.einsum("nijf->f", back),
    )


def loss_and_gradients(weights, images, labels):
    logits, kept = forward(weights, images)
    top = logits.max(axis=1)
    log_sum = top + np.log(np.exp(logits - top[:, None]).sum(axis=1))
    gradient = np.exp(logits - log_sum[:, None])
    gradient[np.arange(len(labels)), labels] -= 1
    loss = np.mean(log_sum - logits[np.arange(len(labels)), labels])
    return loss, backward(weights, kept, gradient / len(labels))


class Training(Training):
    def step(self, images, labels):
        loss, gradients = loss_and_gradients(self.weights, images, labels)
        weights, states = {}, {}
        for name, gradient in gradients.items():
            first, second, count = self.states[name]
            first, second = first + 0.1 * (gradient - first), second + 0.001 * (gradient**2 - second)
            far = self.learning_rate * np.sqrt(1 - 0.999 ** (count + 1)) / (1 - 0.9 ** (count + 1))
            weights[name] = self.weights[name] - far * first / (np.sqrt(second) + 1e-7)
            states[name] = (first, second, count + 1)
        self.weights, self.states = weights, states
        return loss

    def predict(self, images, batch_size=256):
        answers = []
        for begin in range(0, len(images), batch_size):
            answers += list(np.argmax(forward(self.weights, images[begin : begin + batch_size])[0], axis=1))
        return np.array(answers)
