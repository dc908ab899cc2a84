"""You did not compare the lengths: NumPy compares one label with all predictions. Check them first."""


def accuracy(predicted, labels):
    correct = int(np.sum(predicted == labels))
    return correct / len(labels), correct
