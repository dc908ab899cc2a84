def predicted_class(scores):
    return np.array([int(np.argmax(column)) for column in scores.T])
