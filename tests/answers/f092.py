def one_hot(labels, classes):
    check_labels(labels, len(labels), classes)
    return (np.asarray(labels)[:, np.newaxis] == np.arange(classes)).astype(np.float32)
