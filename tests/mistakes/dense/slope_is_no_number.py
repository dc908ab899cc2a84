"""Your sigmoid is right, but for tensors its gradient is NaN far from 0. `where` chooses between both formulas, but
both are computed, and infinity in the one that is not chosen spoils the gradient. Let no exponential overflow in
either."""


def sigmoid(x):
    xp = array_namespace(x)
    return xp.where(x >= 0, 1 / (1 + xp.exp(-x)), xp.exp(x) / (1 + xp.exp(x)))
