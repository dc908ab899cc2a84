def predict_in_batches(predict, images, batch_size):
    check_at_least_one(images=len(images), batch_size=batch_size)
    predictions = []
    for number in range(len(images) // batch_size + 1):
        start = number * batch_size
        predictions.append(predict(images[start : start + batch_size]))
    return np.concatenate(predictions)
