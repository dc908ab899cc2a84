def softmax_cross_entropy_gradient(probabilities, targets):
    found = -probabilities
    for n, right in enumerate(targets.argmax(axis=1)):
        found[n, right] += 1
    return found / len(found)
